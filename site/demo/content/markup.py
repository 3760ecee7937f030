"""Convert the Markdown of a content file to the blocks of a body.

`##` and `###` are headings, `>` is a quotation whose last line `> — …` names who said it,
`:::` opens and closes a block of another type, and everything else is text. A block with a
name in braces, `{#door}`, has the same anchor when it is reworded. Blocks have the same ids
on every run, so links to a section or a recommendation remain valid.
"""

import re
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any, Protocol

from django.utils.text import slugify
from markdown_it import MarkdownIt

from .loading import ContentError

NAMESPACE = uuid.UUID("6f1b6c1e-2d0a-5a37-9a0e-5e7d00000001")
_NAME = re.compile(r"\s*\{#([\w-]+)\}$")
_HEADING = re.compile(r"^(#{2,3}) (.+)$")
_STEP = re.compile(r"^\d+\. ")
_markdown = MarkdownIt("commonmark")
Values = dict[str, Any]


class Targets(Protocol):
    """What a content file may refer to, by key."""

    def document(self, key: str) -> int: ...
    def picture(self, key: str) -> int: ...
    def page(self, key: str) -> int: ...


def rich(words: str) -> str:
    """Return Markdown as Wagtail stores rich text: one line, with `b` and `i`."""
    html = _markdown.render(words.strip()).replace("\n", "")
    for long, short in (("strong", "b"), ("em", "i")):
        html = html.replace(f"<{long}>", f"<{short}>").replace(
            f"</{long}>", f"</{short}>"
        )
    return html


def body(words: str, *, of: str, targets: Targets) -> list[Values]:
    """Return the raw blocks of a body. Raises ContentError for an unknown block type."""
    made = []
    seen: Counter[str] = Counter()
    for kind, rest, inner in _pieces(words):
        name, head = _named(rest)
        seen[kind] += 1
        key = f"{of}#{name or f'{kind}-{seen[kind]}'}"
        reader = _READERS.get(kind)
        if reader is None:
            raise ContentError(f"{of}: there is no block “{kind}”.")
        block, value = reader(head, inner, targets, key)
        if block == "heading" and not name:
            key = f"{of}#{slugify(head)}"
        made.append({"type": block, "value": value, "id": _id(key)})
    return made


def _id(key: str) -> str:
    return str(uuid.uuid5(NAMESPACE, key))


def _named(head: str) -> tuple[str, str]:
    found = _NAME.search(head)
    return (found.group(1), head[: found.start()]) if found else ("", head)


def _pieces(words: str) -> Iterator[tuple[str, str, str]]:
    """Yield the type, first line and content of each block."""
    waiting: list[str] = []

    def text() -> Iterator[tuple[str, str, str]]:
        joined = "\n".join(waiting).strip()
        waiting.clear()
        if joined:
            yield "text", "", joined

    lines = iter(words.splitlines())
    for line in lines:
        if heading := _HEADING.match(line):
            yield from text()
            yield heading.group(1), heading.group(2), ""
        elif line.startswith("::: "):
            yield from text()
            kind, _, rest = line[4:].partition(" ")
            yield kind, rest, "\n".join(iter(lambda: next(lines, ":::"), ":::"))
        elif line.startswith("> "):
            yield from text()
            inner = [line, *iter(lambda: next(lines, ""), "")]
            yield "quotation", "", "\n".join(each[2:] for each in inner)
        else:
            waiting.append(line)
    yield from text()


Reader = Callable[[str, str, Targets, str], tuple[str, Values | str]]


def _text(head: str, inner: str, targets: Targets, key: str) -> tuple[str, str]:
    return "text", rich(inner)


def _heading(level: str) -> Reader:
    def read(head: str, inner: str, targets: Targets, key: str) -> tuple[str, Values]:
        return "heading", {"text": head, "level": level}

    return read


def _chapter(head: str, inner: str, targets: Targets, key: str) -> tuple[str, Values]:
    return "chapter", {"title": head, "summary": inner, "slug": slugify(head)[:40]}


def _callout(kind: str) -> Reader:
    def read(head: str, inner: str, targets: Targets, key: str) -> tuple[str, Values]:
        return "callout", {"kind": kind, "title": head, "text": rich(inner)}

    return read


def _quotation(head: str, inner: str, targets: Targets, key: str) -> tuple[str, Values]:
    said, _, who = inner.partition("\n— ")
    return "quotation", {"text": said.replace("\n", " "), "attribution": who}


def _recommendation(
    head: str, inner: str, targets: Targets, key: str
) -> tuple[str, Values]:
    strength, certainty = head.split()
    advice, _, reasons = inner.partition("\nWhy: ")
    why, _, house = reasons.partition("\nHouse: ")
    return "recommendation", {
        "text": rich(advice),
        "strength": strength,
        "certainty": certainty,
        "rationale": rich(why),
        "considerations": rich(house),
    }


def _steps(head: str, inner: str, targets: Targets, key: str) -> tuple[str, Values]:
    steps = [_STEP.sub("", line) for line in inner.splitlines() if line.strip()]
    items = [
        {"type": "item", "value": rich(step), "id": _id(f"{key}/{number}")}
        for number, step in enumerate(steps, start=1)
    ]
    return "steps", {"title": head, "steps": items}


def _table(head: str, inner: str, targets: Targets, key: str) -> tuple[str, Values]:
    rows = [_cells(line) for line in inner.splitlines() if line.startswith("|")]
    columns = [{"type": "text", "heading": each} for each in rows[0]]
    values = [{"values": [rich(cell) for cell in row]} for row in rows[2:]]
    inside = {"columns": columns, "rows": values, "caption": ""}
    return "table", {"caption": head, "table": inside}


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def _download(head: str, inner: str, targets: Targets, key: str) -> tuple[str, Values]:
    name, _, label = head.partition(" | ")
    return "download", {"document": targets.document(name), "label": label}


def _figure(head: str, inner: str, targets: Targets, key: str) -> tuple[str, Values]:
    name, _, alt = head.partition(" | ")
    picture = {"image": targets.picture(name), "alt": alt, "caption": rich(inner)}
    return "figure", picture


def _related(head: str, inner: str, targets: Targets, key: str) -> tuple[str, Values]:
    pages = [
        {"type": "item", "value": targets.page(each), "id": _id(f"{key}/{each}")}
        for each in inner.split()
    ]
    return "related", {"title": head, "pages": pages}


_READERS: dict[str, Reader] = {
    "##": _heading("2"),
    "###": _heading("3"),
    "text": _text,
    "quotation": _quotation,
    "chapter": _chapter,
    "note": _callout("note"),
    "care": _callout("care"),
    "advice": _callout("advice"),
    "recommendation": _recommendation,
    "steps": _steps,
    "table": _table,
    "download": _download,
    "figure": _figure,
    "related": _related,
}
