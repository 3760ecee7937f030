"""Passages: the parts of an item that a hit can open at."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext as _

#: Maximum number of words of a passage.
MAX_WORDS = 120
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_BLANK = re.compile(r"\s+")
_SENTENCE_END = re.compile(r"[.!?…]\s+|\n+")


class PlaceKind(StrEnum):
    """How a place inside an item is counted."""

    TOP = "top"
    SECTION = "section"
    PART = "part"
    RECOMMENDATION = "recommendation"
    ASK = "ask"
    TIME = "time"
    PAGE = "page"
    SLIDE = "slide"


_COUNTED = {
    PlaceKind.SECTION: gettext_noop("Section {number}"),
    PlaceKind.PART: gettext_noop("Part {number}"),
    PlaceKind.RECOMMENDATION: gettext_noop("Recommendation {number}"),
    PlaceKind.ASK: gettext_noop("Ask {number}"),
    PlaceKind.PAGE: gettext_noop("page {number}"),
    PlaceKind.SLIDE: gettext_noop("slide {number}"),
}


@dataclass(frozen=True, slots=True)
class Place:
    """Location inside an item; `suffix` appended to the item's path opens it."""

    kind: PlaceKind = PlaceKind.TOP
    #: Anchor without the hash sign; empty if the number suffices. For a page below the
    #: item's own, its URL part precedes: `chapter/` or `chapter/#s-1a2b3c4d`.
    anchor: str = ""
    #: Section, ask, page and slide count from 1. A time is in whole seconds. A
    #: recommendation is 1000 times its section plus its number, for “2.1”.
    number: int = 0

    @property
    def suffix(self) -> str:
        """URL suffix: `#s-1a2b3c4d`, `?t=754`, `#page=12`, or empty."""
        if self.kind is PlaceKind.TIME:
            return f"?t={self.number}"
        if self.kind is PlaceKind.PAGE:
            return f"#page={self.number}"
        if "/" in self.anchor:
            return self.anchor
        return f"#{self.anchor}" if self.anchor else ""

    @property
    def label(self) -> str:
        """Readable location: “Section 2”, “at 18:06”, “page 12”; empty for the top."""
        if self.kind is PlaceKind.TIME:
            return _("at {time}").format(time=format_time(self.number))
        if self.kind not in _COUNTED or not self.number:
            return ""
        return gettext(_COUNTED[self.kind]).format(number=self._written)

    @property
    def _written(self) -> str:
        section, place = divmod(self.number, 1000)
        of_section = self.kind is PlaceKind.RECOMMENDATION and section
        return f"{section}.{place}" if of_section else str(self.number)


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of plain text with its nearest heading and its place."""

    text: str
    heading: str = ""
    place: Place = Place()


def format_time(seconds: int) -> str:
    """Format seconds as a player displays them: `18:06`, `1:02:09`."""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def to_single_line(text: str) -> str:
    """Collapse white space and remove control characters."""
    if (
        text.isprintable() and "  " not in text
    ):  # Fast path: most texts need no cleaning.
        return text.strip()
    return _BLANK.sub(" ", _CONTROL.sub(" ", text)).strip()


def split_text(
    text: str,
    *,
    heading: str = "",
    place: Place | None = None,
    max_words: int = MAX_WORDS,
) -> Iterator[Passage]:
    """Split text into passages of at most `max_words` words, at ends of sentences.

    A longer sentence is split between words. Empty text yields one passage if there is
    a heading to find, otherwise none.
    """
    place = place or Place()
    heading = to_single_line(heading)
    found = False
    for words in _fill(_sentences(text, max_words), max_words):
        found = True
        yield Passage(text=" ".join(words), heading=heading, place=place)
    if heading and not found:
        yield Passage(text="", heading=heading, place=place)


def transcript_passages(
    cues: Iterable[tuple[float, str]], *, max_words: int = 60
) -> Iterator[Passage]:
    """Split cues into passages; each opens at the second its first cue starts."""
    words: list[str] = []
    start = 0.0
    for at, text in cues:
        spoken_words = to_single_line(text).split()
        if words and len(words) + len(spoken_words) > max_words:
            yield _transcript_passage(start, words)
            words = []
        if not words:
            start = at
        words += spoken_words
    if words:
        yield _transcript_passage(start, words)


def _transcript_passage(start: float, words: list[str]) -> Passage:
    return Passage(text=" ".join(words), place=Place(PlaceKind.TIME, number=int(start)))


def _sentences(text: str, max_words: int) -> Iterator[list[str]]:
    for sentence in _split_sentences(_CONTROL.sub(" ", text)):
        words = sentence.split()
        for start in range(0, len(words), max_words):
            yield words[start : start + max_words]


def _split_sentences(text: str) -> Iterator[str]:
    """Yield sentences with their closing punctuation, and lines."""
    start = 0
    for found in _SENTENCE_END.finditer(text):
        yield text[start : found.start() + 1]
        start = found.end()
    yield text[start:]


def _fill(sentences: Iterable[list[str]], max_words: int) -> Iterator[list[str]]:
    filled: list[str] = []
    for words in sentences:
        if filled and len(filled) + len(words) > max_words:
            yield filled
            filled = []
        filled = filled + words
    if filled:
        yield filled
