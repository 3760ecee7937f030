"""Hints about the text of a page."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from bs4 import BeautifulSoup
from django.utils.translation import gettext_lazy as _

from .person_first import person_first_alternatives
from .readability import reading_grade

EASY_GRADE = 10
_MEANINGLESS_LINKS = {
    "click here",
    "click",
    "here",
    "this",
    "this link",
    "this page",
    "link",
    "more",
    "read more",
    "learn more",
    "see more",
    "details",
    "download",
    "continue",
}
_URL = re.compile(r"^(https?://|www\.)\S+$", re.IGNORECASE)
_FILE_NAME = re.compile(
    r"\.(jpe?g|png|gif|webp|avif|svg|heic)$|^(img|dsc|image)[_ -]?\d", re.I
)


class Weight(StrEnum):
    """How much a hint matters. Neither blocks saving."""

    SHOULD = "should"
    MAY = "may"


@dataclass(frozen=True)
class Hint:
    """One hint: what it is about, the words in question, and advice."""

    about: Any
    advice: Any
    words: str = ""
    weight: Weight = Weight.SHOULD


@dataclass
class Text:
    """The text of a page that hints are about; quotations are not part of it."""

    summary: str = ""
    headings: list[tuple[int, str]] = field(default_factory=list)
    html: list[str] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)

    @property
    def plain(self) -> str:
        """The summary, headings and paragraphs, without markup."""
        parts = [BeautifulSoup(each, "html.parser") for each in self.html]
        paragraphs = [part.get_text("\n", strip=True) for part in parts]
        headings = [words for _level, words in self.headings]
        return "\n".join([self.summary, *headings, *paragraphs])


def hints_for(text: Text) -> list[Hint]:
    """Return all hints, those that matter most first."""
    found = [
        *summary_hints(text.summary),
        *heading_hints(text.headings),
        *picture_hints(text.pictures),
        *link_hints(text.html),
        *person_first_hints(text.plain),
        *readability_hints(text.plain),
    ]
    return sorted(found, key=lambda hint: hint.weight != Weight.SHOULD)


def summary_hints(summary: str) -> Iterator[Hint]:
    """Ask for a summary, without which a listing shows no more than the title."""
    if not summary.strip():
        yield Hint(
            _("Summary"),
            _("Say in one or two sentences what this is, and for whom."),
        )


def heading_hints(headings: list[tuple[int, str]]) -> Iterator[Hint]:
    """Find empty headings and skipped levels, over which screen readers stumble."""
    above = 1
    for level, words in headings:
        if not words.strip():
            yield Hint(_("Heading"), _("This heading is empty: write it or delete it."))
        elif level > above + 1:
            yield Hint(
                _("Order of headings"),
                _(
                    "This is a part of a section, but there is no section heading before it."
                ),
                words,
            )
        above = max(level, 2)


def picture_hints(descriptions: list[str]) -> Iterator[Hint]:
    """Find pictures without a description."""
    for words in descriptions:
        if not words.strip():
            yield Hint(
                _("Picture"), _("Say what it shows, for people who do not see it.")
            )
        elif _FILE_NAME.search(words.strip()):
            yield Hint(
                _("Picture"), _("This is the name of a file. Say what it shows."), words
            )


def link_hints(html: list[str]) -> Iterator[Hint]:
    """Find links whose text does not say where they lead; many people hear it alone."""
    for part in html:
        for link in BeautifulSoup(part, "html.parser").find_all("a"):
            words = link.get_text(" ", strip=True)
            if words.lower().strip(" .…»>") in _MEANINGLESS_LINKS:
                yield Hint(_("Link"), _("Let its words say where it leads."), words)
            elif _URL.match(words):
                yield Hint(
                    _("Link"),
                    _("Write the name of the page instead of its URL."),
                    words,
                )


def person_first_hints(plain: str) -> Iterator[Hint]:
    """Suggest person-first words for labels."""
    for words, better in person_first_alternatives(plain):
        yield Hint(
            _("Person first"),
            _("Kinder, unless people call themselves this: {better}.").format(
                better=better
            ),
            words,
            Weight.MAY,
        )


def readability_hints(plain: str) -> Iterator[Hint]:
    """Hint at a text that is hard to read."""
    level = reading_grade(plain)
    if level is not None and level > EASY_GRADE:
        yield Hint(
            _("Easy to read"),
            _(
                "It reads like school grade {level}. Shorter sentences and plainer words"
                " help everybody, most of all at three in the morning."
            ).format(level=round(level)),
            weight=Weight.MAY,
        )
