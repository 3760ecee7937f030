"""Paragraphs and lists; other blocks are returned to the caller."""

from dataclasses import dataclass, field
from html import escape

from lxml.html import HtmlElement

from .elements import ACTIVE, HEADINGS, PLAYERS, Piece, is_block, pieces, tag_of
from .inline import Draft, Inline, plain

_LATER = PLAYERS | {"table", "ed-callout", "ed-related"}
_LISTS = frozenset({"ul", "ol", "menu", "dir"})


@dataclass
class Rich:
    """Converts content to `<p>`, `<ul>` and `<ol>`.

    Elements that rich text cannot contain are collected in `later`, in order.
    """

    draft: Draft
    out: list[str] = field(default_factory=list)
    later: list[HtmlElement] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.inline = Inline(self.draft)

    def emit(self, html: str) -> None:
        self.out.append(html)

    def walk(self, element: HtmlElement) -> None:
        """Convert the content of an element; text outside of elements becomes paragraphs."""
        run: list[Piece] = []
        for piece in pieces(element):
            if is_block(piece):
                self.paragraph(run)
                run = []
                self.draft.mark(piece)
                self.block(piece, tag_of(piece))
            else:
                run.append(piece)
        self.paragraph(run)

    def paragraph(self, run: list[Piece]) -> None:
        html = self.inline.of(run).strip()
        if plain(html):
            self.emit(f"<p>{html}</p>")

    def block(self, element: HtmlElement, tag: str) -> None:
        if tag in _LATER:
            self.later.append(element)
        elif tag in HEADINGS:
            self.heading(element)
        elif tag in _LISTS:
            self.emit(self.list_of(element, tag))
        elif tag == "pre":
            self.preformatted(element)
        elif tag == "hr":
            self.draft.tally.dropped("rules", "sections are told by their headings")
        elif tag == "dl":
            self.definitions(element)
        else:
            self.container(element, tag)

    def heading(self, element: HtmlElement) -> None:
        """Convert a heading where headings are not possible to bold text."""
        html = self.inline.inside(element).strip()
        if plain(html):
            self.draft.tally.carried("headings", "bold words inside another element")
            self.emit(f"<p><b>{html}</b></p>")
        else:
            self.draft.tally.dropped("headings", "no words in it")

    def container(self, element: HtmlElement, tag: str) -> None:
        if tag == "blockquote":
            self.draft.tally.carried("quotations", "words inside another element")
        elif tag in ACTIVE or tag in {"form", "marquee"}:
            self.draft.tally.dropped("active elements", f"<{tag}>, its words kept")
        elif tag not in {"p", "li", "td", "th", "dd", "dt"}:
            self.draft.tally.dropped("wrappers", f"<{tag}>, its content kept")
        self.walk(element)

    def preformatted(self, element: HtmlElement) -> None:
        """Convert preformatted text, with its line breaks, to plain text."""
        lines = element.text_content().strip("\n").splitlines()
        self.draft.tally.carried("code", "plain lines")
        for each in element.iter("a", "img", "ed-image"):
            if tag_of(each) != "a":
                self.inline.piece(each)
            elif each.get("href") is not None:
                self.draft.tally.dropped("links", "in plain lines, its words kept")
        kept = [escape(line.replace("  ", "\xa0 "), quote=False) for line in lines]
        self.emit(f"<p>{'<br/>'.join(kept)}</p>")

    def definitions(self, element: HtmlElement) -> None:
        self.draft.tally.carried("lists", "terms in bold, each with its paragraph")
        for piece in pieces(element):
            if tag_of(piece) == "dt":
                html = self.inline.inside(piece).strip()
                self.emit(f"<p><b>{html}</b></p>")
            elif not isinstance(piece, str) and tag_of(piece):
                self.walk(piece)

    # --- lists ----------------------------------------------------------------------
    def list_of(self, element: HtmlElement, tag: str) -> str:
        tag = "ol" if tag == "ol" else "ul"
        begins_later = tag == "ol" and (element.get("start") or "1") != "1"
        self.draft.tally.carried(
            "lists", "counted from 1 again" if begins_later else ""
        )
        items = [self.item(piece) for piece in pieces(element)]
        return f"<{tag}>{''.join(items)}</{tag}>"

    def item(self, piece: Piece) -> str:
        """Convert a list item; its paragraphs become lines, the only form that fits."""
        if isinstance(piece, str) or tag_of(piece) not in _LISTS | {"li"}:
            html = self.inline.of([piece]).strip()
            return f"<li>{html}</li>" if plain(html) else ""
        self.draft.mark(piece)
        inner = Rich(self.draft, later=self.later)
        if tag_of(piece) == "li":
            inner.walk(piece)
        else:
            inner.emit(inner.list_of(piece, tag_of(piece)))
        return f"<li>{_lines(inner.out)}</li>" if plain("".join(inner.out)) else ""


def _lines(parts: list[str]) -> str:
    """Join paragraphs as lines of one item, and leave lists inside it as they are."""
    html = ""
    for part in parts:
        if part.startswith("<p>"):
            line = part.removeprefix("<p>").removesuffix("</p>")
            html += f"<br/>{line}" if html and not html.endswith("l>") else line
        else:
            html += part
    return html
