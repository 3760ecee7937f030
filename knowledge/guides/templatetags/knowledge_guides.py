"""Contents of a guide, the way from chapter to chapter, and links between chapters."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from knowledge.guides.models import (
    Chapter,
    GuidePage,
    anchors_of,
    recommendations_of,
)
from pages.templatetags.body_tags import Entry

if TYPE_CHECKING:
    from django.template.context import Context

register = template.Library()
_ANCHOR_LINK = re.compile(r'href="#([\w-]+)"')
_FEWEST_TO_LIST = 2


@dataclass(frozen=True)
class ChapterLink:
    """A chapter in the contents of a guide, with the sections in it."""

    number: int
    title: str
    summary: str
    url: str
    sections: list[Entry]


@dataclass
class GuideView:
    """A guide as its templates show it: its beginning (number 0) or one chapter."""

    url: str
    number: int = 0
    chapters: list[ChapterLink] = field(default_factory=list)
    recommendations: list[Entry] = field(default_factory=list)
    #: Anchors that are on another page of the guide, with their URLs.
    elsewhere: dict[str, str] = field(default_factory=dict)

    @property
    def previous(self) -> ChapterLink | None:
        """The chapter before this one; None at the beginning and in the first."""
        return self.chapters[self.number - 2] if self.number > 1 else None

    @property
    def next(self) -> ChapterLink | None:
        """The chapter after this one; the first one at the beginning."""
        rest = self.chapters[self.number :]
        return rest[0] if rest else None

    @property
    def lists_recommendations(self) -> bool:
        """Whether there are enough of them for a list of all."""
        return len(self.recommendations) >= _FEWEST_TO_LIST

    @property
    def entries(self) -> list[Entry]:
        """The table of contents; the sections of the current chapter below it."""
        lines: list[Entry] = []
        for each in self.chapters:
            here = each.number == self.number
            lines.append(Entry(each.url, each.title, each.number, current=here))
            lines += each.sections if here else []
        if self.lists_recommendations:
            words = _("All {count} recommendations")
            label = words.format(count=len(self.recommendations))
            lines.append(Entry(f"{self.url}#recommendations", label, _("R")))
        return lines


@register.simple_tag(takes_context=True)
def view_guide(
    context: "Context", page: GuidePage, chapter: Chapter | None = None
) -> GuideView:
    """Return the contents of a guide with several chapters; `chapter` is shown now.

    Reads the stored form of the body only, so it needs no query.
    """
    request = context.get("request")
    number = chapter.number if chapter else 0
    view = GuideView(_beginning(page, request), number)
    opening = page.text.raw_opening
    own = view.url if number else ""
    view.recommendations += _numbered(recommendations_of(opening), own)
    if number:
        view.elsewhere |= {each: f"{own}#{each}" for each in anchors_of(opening)}
    for each in page.text.chapters:
        _add(view, each, page.chapter_url(each, request))
    return view


def _add(view: GuideView, chapter: Chapter, url: str) -> None:
    is_shown = chapter.number == view.number
    path = "" if is_shown else url
    sections = [
        Entry(f"{path}#{anchor}", words, deep=True)
        for anchor, words in chapter.headings
    ]
    view.chapters.append(
        ChapterLink(chapter.number, chapter.title, chapter.summary, url, sections)
    )
    view.recommendations += _numbered(chapter.recommendations, path, chapter.number)
    view.elsewhere[chapter.anchor] = url
    if not is_shown:
        view.elsewhere |= {each: f"{url}#{each}" for each in chapter.anchors}


def _numbered(
    found: Iterator[tuple[str, str]], path: str, chapter: int = 0
) -> Iterator[Entry]:
    for place, (anchor, words) in enumerate(found, start=1):
        number = f"{chapter}.{place}" if chapter else str(place)
        yield Entry(f"{path}#{anchor}", words, number)


def _beginning(page: GuidePage, request: Any) -> str:
    if getattr(request, "is_preview", False):
        return "?mode="
    return page.get_url(request) or ""


@register.filter
def with_links_to(html: str, elsewhere: Mapping[str, str]) -> SafeString:
    """Let links to anchors in other chapters lead to the pages of those chapters.

    `html` is the rendered body, which is safe already.
    """

    def resolve(match: "re.Match[str]") -> str:
        url = elsewhere.get(match.group(1))
        return match.group(0) if url is None else f'href="{url}"'

    return mark_safe(_ANCHOR_LINK.sub(resolve, html))  # noqa: S308  (rendered before)


@register.filter
def fragment(url: str) -> str:
    """Return the part of a URL after its hash."""
    return url.partition("#")[2]
