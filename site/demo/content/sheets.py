"""Convert the Markdown of a document to the parts of a PDF or Word file."""

import re
from dataclasses import dataclass
from enum import StrEnum

_BULLET = re.compile(r"^(- \[ \] |- |\d+\. |\| )")


class Kind(StrEnum):
    """The type of a part."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    BULLETS = "bullets"
    CHECKS = "checks"
    NUMBERS = "numbers"
    TABLE = "table"


@dataclass(frozen=True)
class Part:
    """A heading or paragraph (one line), a list (one line each), or a table (rows)."""

    kind: Kind
    lines: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


def parts(words: str) -> list[Part]:
    """Return the parts of a document in order; an empty line separates two parts."""
    return [_part(block.splitlines()) for block in re.split(r"\n{2,}", words.strip())]


def _part(lines: list[str]) -> Part:
    first = lines[0]
    if first.startswith("## "):
        return Part(Kind.HEADING, (first[3:],))
    if first.startswith("| "):
        rows = [tuple(cell.strip() for cell in line[1:-1].split("|")) for line in lines]
        return Part(Kind.TABLE, rows=(rows[0], *rows[2:]))
    kind = _list_kind(first)
    if kind is None:
        return Part(Kind.PARAGRAPH, (" ".join(lines),))
    return Part(kind, tuple(_BULLET.sub("", line) for line in lines))


def _list_kind(first: str) -> Kind | None:
    if first.startswith("- [ ] "):
        return Kind.CHECKS
    if first.startswith("- "):
        return Kind.BULLETS
    return Kind.NUMBERS if re.match(r"\d+\. ", first) else None
