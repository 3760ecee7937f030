"""A body as passages: read from its stored form, so that no chooser asks the database."""

import html
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from wagtail.blocks import StreamValue

from pages.blocks import anchor_of
from search.passages import Passage, Place, PlaceKind, stretches

_BLOCK_END = re.compile(
    r"</(?:p|li|h[1-6]|blockquote|tr|td|th)>|<br\s*/?>", re.IGNORECASE
)
_TAG = re.compile(r"<[^>]*>")

#: Parts of a block that hold words to be found; everything else is settings and choices.
_WORDS: Mapping[str, tuple[str, ...]] = {
    "callout": ("title", "text"),
    "chapter": ("summary",),
    "recommendation": ("text", "rationale", "considerations"),
    "quotation": ("text", "attribution"),
    "figure": ("alt", "caption"),
    "table": ("caption", "table"),
    "steps": ("title", "steps"),
    # A file is found by itself, by those who may see it.
    "download": (),
    "embed": ("title",),
    "related": (),
}


def text_of(markup: str) -> str:
    """The words of rich text; paragraphs, items and cells stay apart."""
    return html.unescape(_TAG.sub("", _BLOCK_END.sub("\n", markup))).strip()


def body_passages(body: StreamValue, chapters: Sequence[str] = ()) -> list[Passage]:
    """Return the body in passages, each with its section or recommendation.

    `chapters` are the URL parts of its chapters in order, where each chapter has a page of
    its own; then a passage opens on that page.
    """
    reader = _Reader(chapters=iter(chapters))
    return list(reader.read(body.get_prep_value()))


@dataclass(slots=True)
class _Reader:
    """Walks through a body and remembers the section that it is in."""

    chapters: Iterator[str] = field(default_factory=lambda: iter(()))
    #: URL part of the chapter that has a page of its own, and its number; else empty, 0.
    chapter: str = ""
    part: int = 0
    heading: str = ""
    place: Place = field(default_factory=Place)
    section: int = 0
    recommendation: int = 0
    words: list[str] = field(default_factory=list)
    #: Whether a passage has carried the heading already.
    told: bool = True

    def read(self, blocks: Iterable[Mapping[str, Any]]) -> Iterator[Passage]:
        for block in blocks:
            kind, value, block_id = block["type"], block["value"], block.get("id")
            if kind == "chapter":
                yield from self._flush()
                self._begin_chapter(value, anchor_of(kind, block_id))
                self.words.append(_words_of(kind, value))
            elif kind == "heading":
                yield from self._flush()
                self._begin(value, anchor_of(kind, block_id))
            elif kind == "recommendation":
                yield from self._recommend(value, anchor_of(kind, block_id))
            else:
                self.words.append(_words_of(kind, value))
        yield from self._flush()

    def _begin_chapter(self, value: Mapping[str, Any], anchor: str) -> None:
        title = str(value.get("title", ""))
        self.chapter = next(self.chapters, "")
        if not self.chapter:
            self._begin({"text": title}, anchor)
            return
        self.part += 1
        self.recommendation = 0
        self.heading, self.told = title, False
        self.place = Place(PlaceKind.PART, f"{self.chapter}/", self.part)

    def _begin(self, value: Mapping[str, Any], anchor: str) -> None:
        self.heading, self.told = str(value.get("text", "")), False
        if self.chapter:
            self.place = Place(PlaceKind.PART, self._below(anchor), self.part)
            return
        if str(value.get("level", "2")) == "2":
            self.section += 1
            self.recommendation = 0
        self.place = Place(PlaceKind.SECTION, anchor, self.section)

    def _below(self, anchor: str) -> str:
        """Return the anchor with the page of its chapter, where it has one."""
        return f"{self.chapter}/#{anchor}" if self.chapter else anchor

    def _recommend(self, value: Any, anchor: str) -> Iterator[Passage]:
        if self.words:
            yield from self._flush()
        self.told = True
        self.recommendation += 1
        number = 1000 * (self.part or self.section) + self.recommendation
        place = Place(PlaceKind.RECOMMENDATION, self._below(anchor), number)
        words = _words_of("recommendation", value)
        yield from stretches(words, heading=self.heading, place=place)

    def _flush(self) -> Iterator[Passage]:
        text = "\n".join(filter(None, self.words))
        self.words.clear()
        if text or not self.told:
            yield from stretches(text, heading=self.heading, place=self.place)
        self.told = True


def _words_of(kind: str, value: Any) -> str:
    if isinstance(value, Mapping):
        value = [value.get(name) for name in _WORDS.get(kind, ())]
    return "\n".join(filter(None, map(text_of, _strings(value))))


def _strings(value: Any) -> Iterator[str]:
    """Every string of a stored value: lists hold items with a value, tables hold cells."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item)
    elif isinstance(value, Mapping):
        for name in ("value", "heading", "columns", "rows", "values"):
            yield from _strings(value.get(name))
