"""The English in a file: docstrings, comments, interface strings, names and documents."""

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

GETTEXT = re.compile(r"^(_|u?n?p?gettext(_lazy|_noop)?|n?pgettext(_lazy)?)$")
SHOWN_BY_COMMANDS = {"help", "description", "epilog"}
TRANSLATE = re.compile(r"\{%\s*trans(?:late)?\s+(?:\"([^\"]*)\"|'([^']*)')[^%]*%\}")
TEMPLATE_CODE = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
SHOWN_ATTRIBUTE = re.compile(
    r"\b(?:alt|title|placeholder|aria-label|data-label)=\"([^\"]*)\""
)
TAG = re.compile(r"</?[a-zA-Z!][^>]*>", re.DOTALL)
FENCE = re.compile(r"^```.*?^```", re.DOTALL | re.MULTILINE)
INLINE_CODE = re.compile(r"`+[^`]*`+")
# A paragraph of Markdown, a table row or a list item.
PARAGRAPH = re.compile(r"(?:^(?!\s*$).*(?:\n|\Z))+", re.MULTILINE)
C_COMMENT = re.compile(r"/\*.*?\*/|(?<![:\"'])//[^\n]*", re.DOTALL)


@dataclass(frozen=True)
class Text:
    """A piece of prose and the line on which it begins; `raw` holds any escape too."""

    line: int
    words: str
    raw: str


def texts(path: Path, *, strings: bool = True) -> Iterator[Text]:
    """Yield the prose of a file; `strings=False` excludes interface strings."""
    yield Text(1, re.sub(r"[_-]", " ", path.stem), "")
    source = path.read_text(errors="replace")
    if path.suffix == ".py":
        yield from _python(source, strings=strings)
    elif path.suffix in {".html", ".txt"}:
        yield from _template(source)
    elif path.suffix == ".md":
        yield from _markdown(source)
    elif path.suffix in {".ts", ".css", ".js"}:
        yield from _matches(C_COMMENT, source)
    else:
        yield from _hash_comments(source)


def _python(source: str, *, strings: bool) -> Iterator[Text]:
    yield from _comments(source)
    lines = source.splitlines()
    for node in ast.walk(ast.parse(source)):
        if docstring := _docstring(node):
            yield _constant(docstring, lines)
        elif strings:
            yield from (_constant(each, lines) for each in _shown(node))


def _comments(source: str) -> Iterator[Text]:
    """Yield comments; those on consecutive lines of their own are one text."""
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    block: list[tuple[int, str]] = []
    for token in tokens:
        if token.type != tokenize.COMMENT:
            continue
        if block and token.start[0] != block[-1][0] + 1:
            yield _joined(block)
            block = []
        block.append((token.start[0], token.string))
    if block:
        yield _joined(block)


def _joined(block: list[tuple[int, str]]) -> Text:
    raw = "\n".join(line for _number, line in block)
    return Text(block[0][0], re.sub(r"^#+:?", "", raw, flags=re.MULTILINE), raw)


def _docstring(node: ast.AST) -> ast.Constant | None:
    """Return a string that stands alone as a statement: also one below an attribute."""
    value = node.value if isinstance(node, ast.Expr) else None
    found = isinstance(value, ast.Constant) and isinstance(value.value, str)
    return value if found else None


def _shown(node: ast.AST) -> Iterator[ast.Constant]:
    """Yield the strings that gettext translates and that commands print as help."""
    values: list[ast.expr] = []
    if isinstance(node, ast.Call):
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        values = [k.value for k in node.keywords if k.arg in SHOWN_BY_COMMANDS]
        values += node.args if GETTEXT.match(name) else []
    elif isinstance(node, ast.Assign):
        names = {getattr(target, "id", "") for target in node.targets}
        values = [node.value] if names & SHOWN_BY_COMMANDS else []
    for value in values:
        if isinstance(value, ast.Constant) and isinstance(value.value, str):
            yield value


def _constant(node: ast.Constant, lines: list[str]) -> Text:
    """Return the string without inline code; its first and last line hold an escape."""
    last = node.end_lineno or node.lineno
    raw = f"{lines[node.lineno - 1]}\n{lines[last - 1]}"
    return Text(node.lineno, INLINE_CODE.sub(" ` ", str(node.value)), raw)


def _template(source: str) -> Iterator[Text]:
    """Yield the words of a template that a person reads, and its comments."""
    shown = TRANSLATE.sub(lambda found: found[1] or found[2], source)
    shown = TEMPLATE_CODE.sub(_blank, shown)
    for found in SHOWN_ATTRIBUTE.finditer(shown):
        yield Text(_line(shown, found.start()), found[1], found[0])
    shown = TAG.sub(_blank, shown)
    yield from _matches(PARAGRAPH, shown)


def _markdown(source: str) -> Iterator[Text]:
    prose = INLINE_CODE.sub(_blank, FENCE.sub(_blank, source))
    yield from _matches(PARAGRAPH, prose)


def _hash_comments(source: str) -> Iterator[Text]:
    """Yield the comments of a script or a configuration file, code blanked out."""
    lines = source.splitlines()
    kept = "\n".join(line if line.lstrip().startswith("#") else "" for line in lines)
    for found in PARAGRAPH.finditer(kept):
        words = re.sub(r"^\s*#+", "", found[0], flags=re.MULTILINE)
        yield Text(_line(kept, found.start()), words, found[0])


def _matches(pattern: re.Pattern[str], source: str) -> Iterator[Text]:
    for found in pattern.finditer(source):
        yield Text(_line(source, found.start()), found[0], found[0])


def _blank(found: re.Match[str]) -> str:
    """Return as many lines as were taken out, and a mark that no phrase contains."""
    return " ` " + "\n" * found[0].count("\n")


def _line(source: str, position: int) -> int:
    return source.count("\n", 0, position) + 1
