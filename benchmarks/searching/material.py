"""A real library as entries of the index, read from its Markdown, without pages."""

import html
import re
from collections.abc import Iterator
from pathlib import Path

from importing.library import Item, read_library
from search.evaluation.scratch import SOURCE
from search.passages import Passage, Place, PlaceKind, split_text
from search.registry import Entry, FacetValue

KINDS = {
    "article": "Articles",
    "event": "Sessions",
    "resource": "Resources",
    "guide_page": "Guides",
    "community": "Communities",
}
_HEADING = re.compile(r"^#{1,4}\s+(.+?)\s*#*$", re.MULTILINE)
_NOISE = re.compile(
    r"\{\{.*?\}\}|<(?:script|style)\b.*?</(?:script|style)>|<[^>]*>|"
    r"(?<=\])\([^)\s]*(?:\s\"[^\"]*\")?\)|[*_`#|>\\\[\]]|!(?=\[)",
    re.DOTALL | re.IGNORECASE,
)


def readable(folder: Path) -> list[Item]:
    """Return the items of a library that have text, in their order."""
    items = read_library(folder).items
    return [each for each in items if each.kind in KINDS and each.text("title")]


def entries(items: list[Item]) -> Iterator[Entry]:
    """Yield the items as entries; the position of each in the list is its key."""
    for number, item in enumerate(items):
        moment = item.moment("date")
        date = moment.date() if moment else None
        yield Entry(
            source=SOURCE,
            object_id=number,
            kind=item.kind,
            title=_plain(item.text("title")),
            path=f"/{item.id}/",
            rule="",
            summary=_plain(item.text("summary") or item.text("deck")),
            keywords=" ".join(each.replace("-", " ") for each in item.texts("topics")),
            language="en",
            date=date,
            facets=tuple(_facets(item, str(date.year) if date else "")),
            passages=tuple(_passages(item.text("body"))),
        )


def _facets(item: Item, year: str) -> Iterator[FacetValue]:
    yield FacetValue("kind", item.kind, KINDS[item.kind])
    for topic in dict.fromkeys(item.texts("topics")):
        yield FacetValue("topic", topic[:120], topic[:120])
    if year:
        yield FacetValue("year", year, year)


def _passages(body: str) -> Iterator[Passage]:
    """Yield the passages of the body, split at its headings."""
    parts = _HEADING.split(body)
    yield from split_text(_plain(parts[0]))
    sections = zip(parts[1::2], parts[2::2], strict=True)
    for number, (heading, text) in enumerate(sections, start=1):
        place = Place(PlaceKind.SECTION, f"s-{number}", number)
        yield from split_text(_plain(text), heading=_plain(heading), place=place)


def _plain(markdown: str) -> str:
    return html.unescape(_NOISE.sub(" ", html.unescape(markdown))).strip()
