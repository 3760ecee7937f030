"""Text inside a paragraph: emphasis, links and line breaks, nothing else."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import escape

from django.utils.translation import gettext as _
from lxml.html import HtmlElement

from .body import Body
from .elements import (
    ACTIVE,
    BLOCKS,
    CODE,
    KEPT,
    STRUCK,
    WORDED,
    WRAPPERS,
    Piece,
    pieces,
    squeeze,
    tag_of,
)
from .links import HERE, Links, resolve
from .tally import Tally

_FOOTNOTE = re.compile(r"^#(?:fn|footnote|_ftn|_edn|note)[-_:]?\w*\d+$")
_BACK = re.compile(r"^#(?:fnref|ref|footnotes?-?ref|_ftnref|_ednref)[-_:]?\w*$")
_TAGS = re.compile(r"<[^<>]+>")


@dataclass
class Draft:
    """The state of one conversion: how it resolves links, and what it has built so far."""

    links: Links
    body: Body
    tally: Tally
    # Id or name of an element → id of the heading block above it.
    places: dict[str, str] = field(default_factory=dict)
    heading: str = ""
    # Pictures inside a paragraph; they are placed below it.
    figures: list[dict[str, str]] = field(default_factory=list)

    def mark(self, element: HtmlElement) -> None:
        """Remember the section of an element, for links to it."""
        for name in (element.get("id"), element.get("name")):
            if name:
                self.places.setdefault(name, self.heading)


def plain(html: str) -> str:
    """Return the text of converted rich text, with entities unescaped."""
    text = _TAGS.sub("", html.replace("<br/>", " "))
    for name, sign in (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        text = text.replace(name, sign)
    return squeeze(text).strip()


@dataclass
class Inline:
    """Converts text and inline elements to rich text."""

    draft: Draft

    def of(self, run: Iterable[Piece]) -> str:
        return "".join(self.piece(each) for each in run)

    def inside(self, element: HtmlElement) -> str:
        return self.of(pieces(element))

    def piece(self, piece: Piece) -> str:
        if isinstance(piece, str):
            return escape(squeeze(piece), quote=False)
        tag = tag_of(piece)
        if not tag:
            self.draft.tally.dropped("comments", "readers never saw them")
            return ""
        self.draft.mark(piece)
        if tag in ACTIVE:
            return self._active(piece, tag)
        special = {"a": self._link, "br": self._break, "img": self._image,
                   "ed-image": self._image}.get(tag)  # fmt: skip
        return special(piece) if special else self._emphasis(piece, tag)

    def _emphasis(self, element: HtmlElement, tag: str) -> str:
        inner = self.inside(element)
        if kept := KEPT.get(tag):
            return f"<{kept}>{inner}</{kept}>" if plain(inner) else inner
        if tag == "q":
            self.draft.tally.carried("quotations", "words in quotation marks")
            return f"“{inner}”" if plain(inner) else inner
        if tag in CODE:
            self.draft.tally.carried("code", "plain words")
        elif tag in STRUCK:
            self.draft.tally.carried("struck-through words", "plain words")
        elif tag in WRAPPERS | BLOCKS:
            self.draft.tally.dropped("wrappers", f"<{tag}>, its words kept")
        else:
            # Not an HTML element: somebody wrote a word in angle brackets.
            self.draft.tally.carried("words between angle brackets")
            return escape(f"<{tag}>", quote=False) + inner
        return inner

    def _break(self, element: HtmlElement) -> str:
        return "<br/>"

    def _active(self, element: HtmlElement, tag: str) -> str:
        self.draft.tally.dropped("active elements", f"<{tag}>")
        return self.inside(element) if tag in WORDED else ""

    def _image(self, element: HtmlElement) -> str:
        source = (element.get("src") or "").strip()
        alt = squeeze(element.get("alt") or "").strip()
        name = self.draft.links.image(source) if source else None
        if name is None:
            reason = "the file did not come along" if source else "it names no file"
            self.draft.tally.dropped("images", reason)
        else:
            caption = escape(element.get("caption") or "", quote=False)
            figure = {"image": name, "alt": alt or _("Picture"), "caption": caption}
            self.draft.figures.append(figure)
            self.draft.tally.carried("images", "" if alt else "without a description")
        return ""

    def _link(self, element: HtmlElement) -> str:
        href = element.get("href")
        if href is None:
            return self.inside(element)
        if element.get("title"):
            self.draft.tally.dropped(
                "titles of links", "rich text has no place for them"
            )
        inner = self.inside(element)
        if _BACK.match(href) and len(plain(inner)) <= 3:  # noqa: PLR2004  (↩, [1])
            self.draft.tally.dropped("links", "back from a note to its place")
            return "" if "footnote-backref" in (element.get("class") or "") else inner
        if plain(inner):
            return self._to(href, inner)
        # Separates the description from text that follows the picture without a space.
        return self._to(href, self._words_for(element, inner)) + " "

    def _to(self, href: str, words: str) -> str:
        if not plain(words):
            self.draft.tally.dropped("links", "no words to press")
            return words
        found = resolve(href, self.draft.links)
        if not found.href:
            self.draft.tally.dropped("links", found.word)
            return words
        if not found.href.startswith(HERE):
            self.draft.tally.carried("links", found.word)
        if _FOOTNOTE.match(href):
            self.draft.tally.carried("footnotes", "a reference to a note")
        return f'<a href="{escape(found.href)}">{words}</a>'

    def _words_for(self, link: HtmlElement, inner: str) -> str:
        """Return the description of a picture that is the only content of a link."""
        alts = [each.get("alt") or "" for each in link.iter("img", "ed-image")]
        said = squeeze(" ".join(alts)).strip()
        return inner + escape(said, quote=False)
