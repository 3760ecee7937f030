"""The text of a guide, divided into chapters.

A body is one flat stream. A chapter begins at a block of the type `chapter` and ends before
the next one. What comes before the first belongs to the beginning of the guide. The stored
form is read wherever possible: converting a block may query the database.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.html import strip_tags
from django.utils.text import slugify
from wagtail.blocks import StreamValue

from pages.blocks import anchor_of, unescape

_LONGEST_SLUG = 40
#: The slug of a chapter whose title has no Latin characters.
_NAMELESS = "chapter"


@dataclass(frozen=True)
class Chapter:
    """A chapter, with the range of its blocks in the body (its own block excluded)."""

    body: StreamValue
    number: int
    block_id: str
    title: str
    summary: str
    slug: str
    first: int
    end: int
    #: Whether it is shown at a URL of its own.
    has_page: bool

    @property
    def anchor(self) -> str:
        """Its anchor where the whole guide is shown on one page."""
        return anchor_of("chapter", self.block_id)

    @property
    def blocks(self) -> list[Any]:
        """The blocks to show, its own block excluded."""
        return [self.body[position] for position in range(self.first, self.end)]

    @property
    def anchors(self) -> Iterator[str]:
        """The anchors of its headings and recommendations."""
        return anchors_of(self._raw)

    @property
    def headings(self) -> Iterator[tuple[str, str]]:
        """Anchor and words of each heading of level 2."""
        for raw in self._raw:
            if raw["type"] == "heading" and str(raw["value"].get("level")) == "2":
                anchor = anchor_of("heading", raw.get("id"))
                yield anchor, raw["value"].get("text") or ""

    @property
    def recommendations(self) -> Iterator[tuple[str, str]]:
        """Anchor and wording of each recommendation, as plain text."""
        return recommendations_of(self._raw)

    @property
    def _raw(self) -> list[Any]:
        return [self.body.raw_data[at] for at in range(self.first, self.end)]


@dataclass(frozen=True)
class GuideText:
    """A body with its chapters."""

    body: StreamValue

    @cached_property
    def chapters(self) -> list[Chapter]:
        """All chapters in reading order."""
        slugs = chapter_slugs(self.body)
        ends = [*self._starts[1:], len(self.body)]
        return [
            self._chapter(number, start, end, slugs)
            for number, (start, end) in enumerate(
                zip(self._starts, ends, strict=False), start=1
            )
        ]

    @property
    def has_chapter_pages(self) -> bool:
        """Whether each chapter has a page of its own: from two chapters on."""
        return len(self._starts) > 1

    @property
    def opening(self) -> list[Any]:
        """The blocks before the first chapter."""
        end = self._starts[0] if self._starts else len(self.body)
        return [self.body[position] for position in range(end)]

    @property
    def raw_opening(self) -> list[Any]:
        """The stored form of the blocks before the first chapter."""
        end = self._starts[0] if self._starts else len(self.body)
        return [self.body.raw_data[position] for position in range(end)]

    def chapter_at(self, slug: str) -> Chapter | None:
        """Return the chapter with this part of the URL, or None."""
        return next((each for each in self.chapters if each.slug == slug), None)

    def chapter_of(self, anchor: str) -> Chapter | None:
        """Return the chapter whose own anchor this is, or None."""
        return next((each for each in self.chapters if each.anchor == anchor), None)

    @cached_property
    def _starts(self) -> list[int]:
        return [
            position
            for position, raw in enumerate(self.body.raw_data)
            if raw["type"] == "chapter"
        ]

    def _chapter(
        self, number: int, start: int, end: int, slugs: Mapping[int, str]
    ) -> Chapter:
        raw = self.body.raw_data[start]
        return Chapter(
            body=self.body,
            number=number,
            block_id=raw.get("id") or "",
            title=raw["value"].get("title") or "",
            summary=raw["value"].get("summary") or "",
            slug=slugs[start],
            first=start + 1,
            end=end,
            has_page=self.has_chapter_pages,
        )


def anchors_of(blocks: Iterable[Any]) -> Iterator[str]:
    """Return the anchors of stored blocks, in order."""
    for raw in blocks:
        if anchor := anchor_of(raw["type"], raw.get("id")):
            yield anchor


def recommendations_of(blocks: Iterable[Any]) -> Iterator[tuple[str, str]]:
    """Return anchor and wording of each recommendation among stored blocks."""
    for raw in blocks:
        if raw["type"] == "recommendation":
            words = unescape(strip_tags(raw["value"].get("text") or ""))
            yield anchor_of("recommendation", raw.get("id")), words


def chapter_slugs(
    body: StreamValue, published: Mapping[str, str] | None = None
) -> dict[int, str]:
    """Return the URL part of each chapter by its position in the body, all different.

    The slug that the chapter holds comes first, then the one that it was `published` with
    (by block id), then one made from its title. Where two are the same, the later chapter
    gets a number.
    """
    known = published or {}
    raw_chapters = {
        position: raw
        for position, raw in enumerate(body.raw_data)
        if raw["type"] == "chapter"
    }
    given = {
        position: raw["value"].get("slug") or known.get(raw.get("id") or "", "")
        for position, raw in raw_chapters.items()
    }
    taken: set[str] = set()
    slugs = {at: _free(slug, taken) for at, slug in given.items() if slug}
    for position, raw in raw_chapters.items():
        if position not in slugs:
            title = slugify(raw["value"].get("title") or "")
            short = title[:_LONGEST_SLUG].strip("-")
            slugs[position] = _free(short or _NAMELESS, taken)
    return slugs


def _free(slug: str, taken: set[str]) -> str:
    free, number = slug, 2
    while free in taken:
        free, number = f"{slug}-{number}", number + 1
    taken.add(free)
    return free
