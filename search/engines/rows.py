"""Conversion of an entry to rows: the item, and its passages with analyzed text."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.utils import timezone

from search import analysis
from search.models import (
    CARD,
    FIRST_PLACE,
    MOST_PASSAGES,
    POSITION_BITS,
    WHOLE,
    IndexedItem,
)
from search.passages import PlaceKind, to_single_line
from search.registry import Entry

#: Term frequency of a word in this field; a word of the text counts once.
TITLE, KEYWORDS, HEADING = 3, 2, 2


class Row(NamedTuple):
    """A row of `Passage`; creating model instances would take four times as long."""

    id: int
    item_id: int
    words: str
    exact: str = ""
    heading: str = ""
    text: str = ""
    place: str = PlaceKind.TOP
    anchor: str = ""
    number: int = 0

    @property
    def position(self) -> int:
        """Position of the passage in its item."""
        return self.id - (self.item_id << POSITION_BITS)


def item_row(entry: Entry, *, generation: int, version: int) -> IndexedItem:
    """Return the unsaved item of an entry."""
    title = to_single_line(entry.title)[:300]
    return IndexedItem(
        generation=generation,
        source=entry.source,
        object_id=entry.object_id,
        kind=entry.kind,
        door=entry.door,
        eyebrow=entry.eyebrow[:120],
        title=title,
        title_key=analysis.fold(title)[:300],
        path=entry.path,
        summary=to_single_line(entry.summary),
        rule=entry.rule,
        counted_rule=entry.rule,
        language=entry.language,
        date=entry.date,
        superseded=entry.superseded,
        plate=list(entry.plate),
        past_after=entry.past_after,
        digest=entry.digest,
        version=version,
        indexed_at=timezone.now(),
    )


def passage_rows(item: IndexedItem, entry: Entry) -> Iterator[Row]:
    """Yield the passages of a saved item: the whole item, its card, its places."""
    found = [_card(item, entry), *_places(item, entry)]
    words = " ".join(filter(None, (each.words for each in found)))
    yield Row((item.pk << POSITION_BITS) + WHOLE, item.pk, words)
    yield from found


def _card(item: IndexedItem, entry: Entry) -> Row:
    parts = (
        (item.title, TITLE),
        (to_single_line(entry.keywords), KEYWORDS),
        (item.summary, 1),
    )
    words, exact = _analyze(parts, item.language)
    key = (item.pk << POSITION_BITS) + CARD
    return Row(key, item.pk, words, exact, text=item.summary)


def _places(item: IndexedItem, entry: Entry) -> Iterator[Row]:
    first = (item.pk << POSITION_BITS) + FIRST_PLACE
    for number, each in enumerate(entry.passages[:MOST_PASSAGES]):
        heading, text = to_single_line(each.heading), to_single_line(each.text)
        words, exact = _analyze(((heading, HEADING), (text, 1)), item.language)
        yield Row(
            id=first + number,
            item_id=item.pk,
            heading=heading,
            text=text,
            place=each.place.kind,
            anchor=each.place.anchor,
            number=each.place.number,
            words=words,
            exact=exact,
        )


def _analyze(parts: Iterable[tuple[str, int]], language: str) -> tuple[str, str]:
    """Return the stems of the texts, repeated by weight, and all words as written."""
    stemmed: list[str] = []
    written: list[str] = []
    for text, weight in parts:
        found = analysis.words(text)
        stemmed += analysis.stems(found, language) * weight
        written += found
    return " ".join(stemmed), " ".join(written)
