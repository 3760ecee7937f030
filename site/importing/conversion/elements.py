"""HTML as a tree of elements, and how each element is treated."""

import re
from collections.abc import Iterator
from typing import Any, TypeAlias

import lxml.html
from lxml.html import HtmlElement
from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin

# lxml has no types.
Piece: TypeAlias = str | Any

# Inline elements of rich text, by the element that they become.
KEPT = {
    "b": "b",
    "strong": "b",
    "em": "i",
    "i": "i",
    "cite": "i",
    "dfn": "i",
    "var": "i",
    "sup": "sup",
    "sub": "sub",
}
CODE = frozenset({"code", "tt", "kbd", "samp"})
STRUCK = frozenset({"del", "s", "strike"})
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
# Active elements, and those that load something from another host.
ACTIVE = frozenset(
    {"script", "style", "template", "meta", "link", "base", "svg", "math", "canvas",
     "applet", "frame", "frameset", "input", "select", "textarea", "option", "portal",
     "object", "embed", "param", "source", "track", "area", "map", "bgsound", "layer",
     "dialog", "slot", "xml", "keygen", "isindex", "noembed", "noframes", "plaintext"}
)  # fmt: skip
# Those of them that contain text for readers all the same.
WORDED = frozenset({"dialog", "noembed", "noframes", "map", "slot", "object", "select"})
# Inline elements that only style or mark up their content.
WRAPPERS = frozenset(
    {"a", "span", "u", "font", "small", "big", "mark", "ins", "abbr", "acronym", "time",
     "label", "button", "bdi", "bdo", "q", "data", "ruby", "rb", "rt", "rp", "picture",
     "output", "meter", "progress", "nobr", "wbr", "blink", "img", "image", "nav", "p",
     "blockquote", "ul", "ol", "pre", "table"}
)  # fmt: skip
PLAYERS = frozenset({"iframe", "video", "audio", "ed-embed"})
CONTAINERS = frozenset(
    {"div", "section", "article", "aside", "header", "footer", "main", "nav", "center",
     "address", "form", "fieldset", "legend", "details", "summary", "noscript", "figure",
     "figcaption", "hgroup", "menu", "dir", "title", "body", "html", "head", "marquee",
     "tbody", "thead", "tfoot", "tr", "td", "th", "caption", "li", "dd", "dt"}
)  # fmt: skip
BLOCKS = (
    HEADINGS
    | PLAYERS
    | CONTAINERS
    | {"p", "ul", "ol", "dl", "blockquote", "table", "pre", "hr", "listing", "xmp"}
    | {"ed-callout", "ed-related"}
)

_CONTROLS = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]"
)
_SPACE = re.compile(r"[ \t\r\n]+")
_MARKDOWN = (
    MarkdownIt("commonmark", {"html": True})
    .enable(["table", "strikethrough"])
    .use(footnote_plugin)
)


def without_controls(text: str) -> str:
    """Return the text without characters that are not allowed in HTML."""
    return _CONTROLS.sub("", text)


_RAW = re.compile(r"^ {0,3}<(?:table|div|blockquote)\b", re.M | re.I)
_DEEP_PART = re.compile(
    r"^[ \t]{4,}(?=</?(?:caption|tbody|td|tfoot|th|thead|tr|p|div)\b)", re.M | re.I
)


def without_deep_html(text: str) -> str:
    """Remove the indentation of raw HTML.

    After a blank line Markdown would take four spaces for the beginning of code.
    """
    return _DEEP_PART.sub("", text) if _RAW.search(text) else text


def render(markdown: str) -> HtmlElement:
    """Parse Markdown with tables, footnotes and raw HTML as a tree."""
    return parse(_MARKDOWN.render(markdown))


def parse(html: str) -> HtmlElement:
    """Parse HTML as a tree below one element."""
    if not html.strip():
        return lxml.html.Element("div")
    return lxml.html.fragment_fromstring(html, create_parent="div")


def tag_of(piece: Piece) -> str:
    """Return the tag of an element; empty for text, comments and instructions."""
    if isinstance(piece, str) or not isinstance(piece.tag, str):
        return ""
    return str(piece.tag).lower()


def pieces(element: HtmlElement) -> Iterator[Piece]:
    """Yield the content of an element in order: text and elements."""
    if element.text:
        yield element.text
    for child in element:
        yield child
        if child.tail:
            yield child.tail


def is_block(piece: Piece) -> bool:
    """Return whether an element is a block or contains one."""
    tag = tag_of(piece)
    if tag in BLOCKS:
        return True
    if isinstance(piece, str) or not tag or tag in {"a", "ed-image"}:
        return False
    return any(tag_of(each) in BLOCKS for each in piece.iterdescendants())


def words_of(element: HtmlElement) -> str:
    """Return the text of an element on one line."""
    return squeeze(element.text_content()).strip()


def squeeze(text: str) -> str:
    """Collapse white space as browsers do."""
    return _SPACE.sub(" ", text)
