"""Walk through a document: every element becomes a block or part of one."""

import re
from html import escape
from typing import Any

from django.utils.translation import gettext as _
from lxml.html import HtmlElement

from pages.blocks.media import player_of

from .body import clean
from .elements import HEADINGS, Piece, pieces, squeeze, tag_of, words_of
from .inline import Draft, plain
from .links import ITEM, resolve
from .rich import Rich
from .tables import grid_of, is_layout, strays, table_value

_ATTRIBUTES = re.compile(r"\{([#.:][^{}]*)\}\s*$")
_NOTE = re.compile(r"^(?:fn|footnote|_ftn|_edn)[-_:]?\w*\d+$")
_DASH = re.compile(r"^\s*[—–―-]{1,3}\s*(\S.{1,180})$", re.S)
_LONGEST = {"heading": 200, "callout": 120, "caption": 200, "embed": 200}
_LOWEST_NOTED = 4


class Flow(Rich):
    """Converts a whole text; headings and the elements in `later` become blocks."""

    def __init__(self, draft: Draft, top: int) -> None:
        super().__init__(draft)
        self.top = top
        self.level = 1
        self.noted = False
        self._blocks = {
            "blockquote": self.quotation,
            "table": self.table,
            "ol": self.numbered,
            "figure": self.figure,
            "ed-callout": self.callout,
            "ed-related": self.related,
            **dict.fromkeys(("iframe", "video", "audio", "ed-embed"), self.embed),
            **dict.fromkeys(HEADINGS, self.heading),
        }

    def emit(self, html: str) -> None:
        self.draft.body.rich(html)

    def paragraph(self, run: list[Piece]) -> None:
        super().paragraph(run)
        self.show_figures()

    def show_figures(self) -> None:
        """Place the pictures of the preceding paragraph below it."""
        figures, self.draft.figures = self.draft.figures, []
        for figure in figures:
            caption = clean(f"<p>{figure['caption']}</p>") if figure["caption"] else ""
            value = {**figure, "alt": figure["alt"][:250], "caption": caption}
            self.draft.body.add("figure", value, figure["image"])

    def block(self, element: HtmlElement, tag: str) -> None:
        self._begin_notes(element)
        if special := self._blocks.get(tag):
            special(element)
        else:
            super().block(element, tag)
        self._rest()

    def _rest(self) -> None:
        self.show_figures()
        waiting, self.later = self.later, []
        for element in waiting:
            self.block(element, tag_of(element))

    def _begin_notes(self, element: HtmlElement) -> None:
        """Begin a section with the first footnote, so that references can link to it."""
        classes = (element.get("class") or "").split()
        names = (element.get("id") or "", *[each.get("id") or "" for each in element])
        if self.noted or not ("footnotes" in classes or any(map(_NOTE.match, names))):
            return
        self.noted = True
        if (words_of(element) and self.draft.heading == "") or not self._under_notes():
            self._add_heading(_("Notes"), 2)
        for name in names:
            if name:
                self.draft.places[name] = self.draft.heading

    def _under_notes(self) -> bool:
        last = self.draft.body.blocks[-1:] or [{"type": "", "value": {}}]
        return last[0]["type"] == "heading"

    # --- headings ---------------------------------------------------------------------
    def heading(self, element: HtmlElement) -> None:
        html = self.inline.inside(element)
        text = plain(html)
        if found := _ATTRIBUTES.search(text):
            text = text[: found.start()].rstrip()
            self.draft.places.setdefault(found.group(1).lstrip("#.: "), "")
        if not text:
            self.draft.tally.dropped("headings", "no words in it")
        elif len(text) > _LONGEST["heading"]:
            self.draft.tally.carried("headings", "too long for one: bold words")
            self.emit(f"<p><b>{html.strip()}</b></p>")
        else:
            self._place_heading(element, html, text, found and found.group(1))

    def _place_heading(
        self, element: HtmlElement, html: str, text: str, own: str | None
    ) -> None:
        wanted = int(tag_of(element)[1]) - self.top + 2
        level = min(max(wanted, 2), 3, self.level + 1)
        self.level = level
        form = "" if wanted <= level or wanted < _LOWEST_NOTED else "a level higher"
        self.draft.tally.carried("headings", form)
        self._add_heading(text, level)
        for name in (own and own.lstrip("#.: "), element.get("id"), *_slugs(text)):
            if name:
                self.draft.places[name] = self.draft.heading
        if "<a " in html:
            links = re.findall(r"<a .*?</a>", html)
            self.emit(f"<p>{' '.join(links)}</p>")

    def _add_heading(self, text: str, level: int) -> None:
        value = {"text": text, "level": str(level)}
        block_id = self.draft.body.add("heading", value, text)
        self.draft.heading = f"s-{block_id[:8]}"

    # --- quotations, asides -----------------------------------------------------------
    def quotation(self, element: HtmlElement) -> None:
        """Make a quotation of plain text, and a callout of text with links or lists."""
        inner = Rich(self.draft)
        inner.walk(element)
        self.later += inner.later
        html = "".join(inner.out)
        if not plain(html):
            self.draft.tally.dropped("quotations", "no words in it")
        elif "<a " in html or "<li>" in html:
            self.draft.tally.carried("quotations", "a callout, for its links or lists")
            self._callout("", html)
        else:
            self.draft.tally.carried("quotations")
            self._quotation(inner.out)

    def _quotation(self, paragraphs: list[str]) -> None:
        lines = [plain(part) for part in paragraphs]
        said_by = ""
        if len(lines) > 1 and (found := _attribution(paragraphs[-1])):
            said_by, lines = found, lines[:-1]
        value = {"text": "\n\n".join(lines), "attribution": said_by}
        self.draft.body.add("quotation", value, lines[0][:80])

    def callout(self, element: HtmlElement) -> None:
        inner = Rich(self.draft)
        inner.walk(element)
        self.later += inner.later
        title = squeeze(element.get("title") or "").strip()
        html = "".join(inner.out)
        if plain(html) or title:
            self.draft.tally.carried("callouts")
            self._callout(title, html)
        else:
            self.draft.tally.dropped("callouts", "no words in it")

    def _callout(self, title: str, html: str) -> None:
        if len(title) > _LONGEST["callout"]:
            html, title = f"<p><b>{escape(title, quote=False)}</b></p>{html}", ""
        html = clean(html) or f"<p>{escape(title, quote=False)}</p>"
        value = {"kind": "note", "title": title, "text": html}
        self.draft.body.add("callout", value, title or plain(html)[:80])

    # --- tables, steps, figures -------------------------------------------------------
    def table(self, element: HtmlElement) -> None:
        grid = grid_of(element)
        if not words_of(element) and not len(element.xpath(".//img|.//ed-image")):
            self.draft.tally.dropped("tables", "no words in it")
        elif is_layout(grid):
            self.draft.tally.dropped("tables", "it only placed its text, which is kept")
            self.walk(element)
        else:
            form = "its merged cells apart" if grid.merged else ""
            self.draft.tally.carried("tables", form)
            caption = self._table_caption(element)
            value = table_value(grid, caption, self.draft, self.later)
            self.later += strays(element)
            self.draft.body.add("table", value, words_of(element)[:80])

    def _table_caption(self, table: HtmlElement) -> str:
        caption = table.find("caption")
        words = words_of(caption) if caption is not None else ""
        if len(words) <= _LONGEST["caption"]:
            return words
        self.emit(f"<p>{escape(words, quote=False)}</p>")
        return ""

    def numbered(self, element: HtmlElement) -> None:
        """Make steps of items with several paragraphs, and a numbered list of short ones."""
        items = [each for each in element if tag_of(each) == "li"]
        if max((len(each.findall("p")) for each in items), default=0) < 2:  # noqa: PLR2004
            self.emit(self.list_of(element, "ol"))
            return
        self.draft.tally.carried("lists", "steps")
        steps = [html for each in items if (html := self._step(each))]
        rows = self.draft.body.items(steps, "step")
        self.draft.body.add(
            "steps", {"title": "", "steps": rows}, words_of(element)[:80]
        )

    def _step(self, item: HtmlElement) -> str:
        self.draft.mark(item)
        inner = Rich(self.draft, later=self.later)
        inner.walk(item)
        return clean("".join(inner.out))

    def figure(self, element: HtmlElement) -> None:
        """Add a picture with its caption, or the caption alone if there is no picture."""
        self.inline_figures(element)
        caption = element.find(".//figcaption")
        words = clean(self.inline.inside(caption)) if caption is not None else ""
        for child in pieces(element):
            if not isinstance(child, str) and tag_of(child) not in {"", "figcaption"}:
                self._figure_part(child)
        if words and self.draft.figures:
            self.draft.figures[-1]["caption"] = words
        elif words:
            self.emit(f"<p><i>{words}</i></p>")

    def inline_figures(self, element: HtmlElement) -> None:
        self.draft.tally.dropped("wrappers", "<figure>, its content kept")
        self.show_figures()

    def _figure_part(self, child: HtmlElement) -> None:
        if tag_of(child) in {"img", "ed-image", "a", "picture"}:
            html = self.inline.of([child]).strip()
            if plain(html):
                self.emit(f"<p>{html}</p>")
        else:
            self.block(child, tag_of(child))

    # --- embeds -----------------------------------------------------------------------
    def embed(self, element: HtmlElement) -> None:
        url = _source_of(element)
        title = squeeze(element.get("title") or "").strip()
        found = resolve(url, self.draft.links) if url else None
        if found is None or not found.href:
            reason = found.word if found else "it names no address"
            self.draft.tally.dropped("embeds", reason)
        elif player_of(found.href):
            self.draft.tally.carried("embeds")
            value = {
                "url": found.href,
                "title": title[: _LONGEST["embed"]] or _("Video"),
            }
            self.draft.body.add("embed", value, found.href)
        else:
            self.draft.tally.carried("embeds", "a link, as we play nothing from there")
            words = escape(title or found.href, quote=False)
            self.emit(f'<p><a href="{escape(found.href)}">{words}</a></p>')
        inside = Rich(self.draft)
        inside.walk(element)
        for html in inside.out:
            self.emit(html)

    def related(self, element: HtmlElement) -> None:
        found = resolve(element.get("href") or "", self.draft.links)
        title = squeeze(element.get("title") or "").strip()
        if found.href.startswith(ITEM):
            self.draft.tally.carried("links", found.word)
            value: dict[str, Any] = {"title": title[:120]}
            value["pages"] = self.draft.body.items([found.href], "related")
            self.draft.body.add("related", value, found.href)
        elif found.href:
            self.draft.tally.carried("links", found.word)
            words = escape(title or found.href, quote=False)
            self.emit(f'<p><a href="{escape(found.href)}">{words}</a></p>')
        else:
            self.draft.tally.dropped("links", found.word)


def _source_of(element: HtmlElement) -> str:
    own = element.get("url") or element.get("src") or element.get("data-src")
    if not own:
        own = next((each.get("src") for each in element.iter("source")), "")
    return (own or "").strip()


def _attribution(html: str) -> str:
    """Return who is quoted: the last paragraph, if it is a `<cite>` or begins with a dash."""
    words = plain(html)
    if found := _DASH.match(words):
        return found.group(1)
    named = html.startswith("<p><i>") and html.endswith("</i></p>")
    return words if named and len(words) <= 100 else ""  # noqa: PLR2004


def _slugs(text: str) -> tuple[str, str]:
    """Return the anchors that newer and older versions of Hugo give a heading."""
    lowered = text.lower()
    newer = re.sub(r"\s", "-", re.sub(r"[^\w\s-]", "", lowered))
    return newer, re.sub(r"[^a-z0-9]+", "-", lowered).strip("-")
