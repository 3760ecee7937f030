"""Passages: the stretches of an item that a hit can open at."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext as _

#: Words after which a long section is cut at the next end of a sentence.
LONGEST = 120
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_BLANK = re.compile(r"\s+")
_SENTENCE_END = re.compile(r"[.!?…]\s+|\n+")


class PlaceKind(StrEnum):
    """What a place is counted in."""

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
    """Where in an item: opens at `suffix`, added to the item's own path."""

    kind: PlaceKind = PlaceKind.TOP
    #: Anchor without its hash; empty where the number says all. Where the item has pages
    #: of its own below it, the page comes first: `chapter/` or `chapter/#s-1a2b3c4d`.
    anchor: str = ""
    #: Section, ask, page, slide: from 1; time: whole seconds; recommendation: a
    #: thousand times its section, plus its place in it, for “2.1”.
    number: int = 0

    @property
    def suffix(self) -> str:
        """What follows the item's path: `#s-1a2b3c4d`, `?t=754`, `#page=12`, or nothing."""
        if self.kind is PlaceKind.TIME:
            return f"?t={self.number}"
        if self.kind is PlaceKind.PAGE:
            return f"#page={self.number}"
        if "/" in self.anchor:
            return self.anchor
        return f"#{self.anchor}" if self.anchor else ""

    @property
    def label(self) -> str:
        """The place in words: “Section 2”, “at 18:06”, “page 12”; empty for the top."""
        if self.kind is PlaceKind.TIME:
            return _("at {time}").format(time=clock(self.number))
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
    """A stretch of plain text with its nearest heading and the place it opens at."""

    text: str
    heading: str = ""
    place: Place = Place()


def clock(seconds: int) -> str:
    """Seconds as a person reads them off a player: `18:06`, `1:02:09`."""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def plain(text: str) -> str:
    """The text on one line, without control characters."""
    if (
        text.isprintable() and "  " not in text
    ):  # most are, and need no look at each sign
        return text.strip()
    return _BLANK.sub(" ", _CONTROL.sub(" ", text)).strip()


def stretches(
    text: str, *, heading: str = "", place: Place | None = None, longest: int = LONGEST
) -> Iterator[Passage]:
    """The text as passages of about `longest` words, cut at ends of sentences.

    A sentence longer than that is cut at a word, so no passage is longer. A text
    without words gives one passage if there is a heading to find, else none.
    """
    place = place or Place()
    heading = plain(heading)
    found = False
    for words in _filled(_sentences(text, longest), longest):
        found = True
        yield Passage(text=" ".join(words), heading=heading, place=place)
    if heading and not found:
        yield Passage(text="", heading=heading, place=place)


def spoken(
    cues: Iterable[tuple[float, str]], *, longest: int = 60
) -> Iterator[Passage]:
    """Stretches of a transcript, each opening at the second its first cue starts."""
    words: list[str] = []
    start = 0.0
    for at, text in cues:
        spoken_words = plain(text).split()
        if words and len(words) + len(spoken_words) > longest:
            yield _moment(start, words)
            words = []
        if not words:
            start = at
        words += spoken_words
    if words:
        yield _moment(start, words)


def _moment(start: float, words: list[str]) -> Passage:
    return Passage(text=" ".join(words), place=Place(PlaceKind.TIME, number=int(start)))


def _sentences(text: str, longest: int) -> Iterator[list[str]]:
    for sentence in _cut(_CONTROL.sub(" ", text)):
        words = sentence.split()
        for start in range(0, len(words), longest):
            yield words[start : start + longest]


def _cut(text: str) -> Iterator[str]:
    """Sentences with the sign that ends them, and lines."""
    start = 0
    for found in _SENTENCE_END.finditer(text):
        yield text[start : found.start() + 1]
        start = found.end()
    yield text[start:]


def _filled(sentences: Iterable[list[str]], longest: int) -> Iterator[list[str]]:
    filled: list[str] = []
    for words in sentences:
        if filled and len(filled) + len(words) > longest:
            yield filled
            filled = []
        filled = filled + words
    if filled:
        yield filled
