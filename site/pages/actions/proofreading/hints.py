"""What an editor may want to look at again."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from bs4 import BeautifulSoup
from django.utils.translation import gettext_lazy as _

from .person_first import kinder
from .readability import grade

EASY_GRADE = 10
_SAYS_NOTHING = {
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
_ADDRESS = re.compile(r"^(https?://|www\.)\S+$", re.IGNORECASE)
_FILE_NAME = re.compile(
    r"\.(jpe?g|png|gif|webp|avif|svg|heic)$|^(img|dsc|image)[_ -]?\d", re.I
)


class Weight(StrEnum):
    """How much it matters. Neither blocks."""

    SHOULD = "should"
    MAY = "may"


@dataclass(frozen=True)
class Hint:
    """One thing to look at: what it is about, the words in question, what to do."""

    about: Any
    advice: Any
    words: str = ""
    weight: Weight = Weight.SHOULD


@dataclass
class Text:
    """What is read of a page. Quotations are left to those who said them."""

    summary: str = ""
    headings: list[tuple[int, str]] = field(default_factory=list)
    html: list[str] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)

    @property
    def plain(self) -> str:
        parts = [BeautifulSoup(each, "html.parser") for each in self.html]
        told = [part.get_text("\n", strip=True) for part in parts]
        return "\n".join([self.summary, *(words for _n, words in self.headings), *told])


def hints_for(text: Text) -> list[Hint]:
    """All hints, what matters most first."""
    found = [
        *of_summary(text.summary),
        *of_headings(text.headings),
        *of_pictures(text.pictures),
        *of_links(text.html),
        *of_language(text.plain),
        *of_reading(text.plain),
    ]
    return sorted(found, key=lambda hint: hint.weight != Weight.SHOULD)


def of_summary(summary: str) -> Iterator[Hint]:
    """A page without a summary is a title in a list, and no more."""
    if not summary.strip():
        yield Hint(
            _("Summary"),
            _("Say in one or two sentences what this is, and for whom."),
        )


def of_headings(headings: list[tuple[int, str]]) -> Iterator[Hint]:
    """People who listen to a page jump from heading to heading."""
    above = 1
    for level, words in headings:
        if not words.strip():
            yield Hint(
                _("Heading"), _("This heading is empty: write it or take it out.")
            )
        elif level > above + 1:
            yield Hint(
                _("Order of headings"),
                _("It is part of a section, but no section begins before it."),
                words,
            )
        above = max(level, 2)


def of_pictures(descriptions: list[str]) -> Iterator[Hint]:
    """What a picture shows, for people who do not see it."""
    for words in descriptions:
        if not words.strip():
            yield Hint(_("Picture"), _("Say what it shows, for who does not see it."))
        elif _FILE_NAME.search(words.strip()):
            yield Hint(
                _("Picture"), _("This is the name of a file. Say what it shows."), words
            )


def of_links(html: list[str]) -> Iterator[Hint]:
    """A link is often heard alone, so its words say where it leads."""
    for part in html:
        for link in BeautifulSoup(part, "html.parser").find_all("a"):
            words = link.get_text(" ", strip=True)
            if words.lower().strip(" .…»>") in _SAYS_NOTHING:
                yield Hint(_("Link"), _("Let its words say where it leads."), words)
            elif _ADDRESS.match(words):
                yield Hint(
                    _("Link"),
                    _("Write the name of the page instead of its address."),
                    words,
                )


def of_language(plain: str) -> Iterator[Hint]:
    """Person first: somebody is more than what they live with."""
    for words, better in kinder(plain):
        yield Hint(
            _("Person first"),
            _("Kinder, if nobody calls themselves so: {better}.").format(better=better),
            words,
            Weight.MAY,
        )


def of_reading(plain: str) -> Iterator[Hint]:
    """At the end of a night shift, short sentences are read and long ones are not."""
    level = grade(plain)
    if level is not None and level > EASY_GRADE:
        yield Hint(
            _("Easy to read"),
            _(
                "It reads like school grade {level}. Shorter sentences and plainer words"
                " help everybody, most of all at three in the morning."
            ).format(level=round(level)),
            weight=Weight.MAY,
        )
