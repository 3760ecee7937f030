"""Passages of a StreamField body, read from its stored form to avoid queries of choosers."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from wagtail.blocks import StreamValue

from pages.blocks import anchor_of, unescape
from search.passages import Passage, Place, PlaceKind, split_text

_BLOCK_END = re.compile(
    r"</(?:p|li|h[1-6]|blockquote|tr|td|th)>|<br\s*/?>", re.IGNORECASE
)
_TAG = re.compile(r"<[^<>]*>")

#: Fields of each block that contain text; all others are settings and choices.
_WORDS: Mapping[str, tuple[str, ...]] = {
    "callout": ("title", "text"),
    "chapter": ("summary",),
    "recommendation": ("text", "rationale", "considerations"),
    "quotation": ("text", "attribution"),
    "figure": ("alt", "caption"),
    "table": ("caption", "table"),
    "steps": ("title", "steps"),
    # Files are searched on their own, by those who may see them.
    "download": (),
    "embed": ("title",),
    "related": (),
}


def rich_text_lines(markup: str) -> str:
    """Return the text of rich-text markup, one block element a line."""
    return unescape(_TAG.sub("", _BLOCK_END.sub("\n", markup))).strip()


def body_passages(body: StreamValue, chapters: Sequence[str] = ()) -> list[Passage]:
    """Return the passages of a body, each with its section or recommendation.

    `chapters` are the URL parts of its chapters in order, if each chapter has a page of
    its own; a passage then opens on that page.
    """
    reader = _BodyReader(chapters=iter(chapters))
    return list(reader.read(body.get_prep_value()))


@dataclass(slots=True)
class _BodyReader:
    """Reads blocks in order and keeps track of the current section."""

    chapters: Iterator[str] = field(default_factory=lambda: iter(()))
    #: URL part and number of the current chapter if it has its own page; else empty and 0.
    chapter: str = ""
    part: int = 0
    heading: str = ""
    place: Place = field(default_factory=Place)
    section: int = 0
    recommendation: int = 0
    words: list[str] = field(default_factory=list)
    #: Whether a passage with the current heading was yielded.
    heading_used: bool = True

    def read(self, blocks: Iterable[Mapping[str, Any]]) -> Iterator[Passage]:
        for block in blocks:
            kind, value, block_id = block["type"], block["value"], block.get("id")
            if kind == "chapter":
                yield from self._flush()
                self._start_chapter(value, anchor_of(kind, block_id))
                self.words.append(_block_text(kind, value))
            elif kind == "heading":
                yield from self._flush()
                self._start_section(value, anchor_of(kind, block_id))
            elif kind == "recommendation":
                yield from self._read_recommendation(value, anchor_of(kind, block_id))
            else:
                self.words.append(_block_text(kind, value))
        yield from self._flush()

    def _start_chapter(self, value: Mapping[str, Any], anchor: str) -> None:
        title = str(value.get("title", ""))
        self.chapter = next(self.chapters, "")
        if not self.chapter:
            self._start_section({"text": title}, anchor)
            return
        self.part += 1
        self.recommendation = 0
        self.heading, self.heading_used = title, False
        self.place = Place(PlaceKind.PART, f"{self.chapter}/", self.part)

    def _start_section(self, value: Mapping[str, Any], anchor: str) -> None:
        self.heading, self.heading_used = str(value.get("text", "")), False
        if self.chapter:
            self.place = Place(PlaceKind.PART, self._in_chapter(anchor), self.part)
            return
        if str(value.get("level", "2")) == "2":
            self.section += 1
            self.recommendation = 0
        self.place = Place(PlaceKind.SECTION, anchor, self.section)

    def _in_chapter(self, anchor: str) -> str:
        """Return the anchor, preceded by the chapter if that has a page of its own."""
        return f"{self.chapter}/#{anchor}" if self.chapter else anchor

    def _read_recommendation(self, value: Any, anchor: str) -> Iterator[Passage]:
        if self.words:
            yield from self._flush()
        self.heading_used = True
        self.recommendation += 1
        number = 1000 * (self.part or self.section) + self.recommendation
        place = Place(PlaceKind.RECOMMENDATION, self._in_chapter(anchor), number)
        words = _block_text("recommendation", value)
        yield from split_text(words, heading=self.heading, place=place)

    def _flush(self) -> Iterator[Passage]:
        text = "\n".join(filter(None, self.words))
        self.words.clear()
        if text or not self.heading_used:
            yield from split_text(text, heading=self.heading, place=self.place)
        self.heading_used = True


def _block_text(kind: str, value: Any) -> str:
    if isinstance(value, Mapping):
        value = [value.get(name) for name in _WORDS.get(kind, ())]
    return "\n".join(filter(None, map(rich_text_lines, _strings(value))))


def _strings(value: Any) -> Iterator[str]:
    """Yield every string of a stored value, including items of lists and cells of tables."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item)
    elif isinstance(value, Mapping):
        for name in ("value", "heading", "columns", "rows", "values"):
            yield from _strings(value.get(name))
