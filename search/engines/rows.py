"""An entry as rows: the item, and its passages with their words analysed."""

from collections.abc import Iterator

from django.utils import timezone

from search.analysis import exact, fold, weighted
from search.models import (
    CARD,
    FIRST_PLACE,
    MOST_PASSAGES,
    POSITION_BITS,
    WHOLE,
    IndexedItem,
    Passage,
)
from search.passages import PlaceKind, plain
from search.registry import Entry

#: How often a word counts that stands there; a word of the text counts once.
TITLE, KEYWORDS, HEADING = 3, 2, 2


def item_row(entry: Entry, *, generation: int, version: int) -> IndexedItem:
    """The item of an entry, not saved."""
    title = plain(entry.title)[:300]
    return IndexedItem(
        generation=generation,
        source=entry.source,
        object_id=entry.object_id,
        kind=entry.kind,
        door=entry.door,
        eyebrow=entry.eyebrow[:120],
        title=title,
        title_key=fold(title)[:300],
        path=entry.path,
        summary=plain(entry.summary),
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


def passage_rows(item: IndexedItem, entry: Entry) -> Iterator[Passage]:
    """The passages of an item that was saved: the whole, its card, its places."""
    keywords = plain(entry.keywords)
    card = ((item.title, TITLE), (keywords, KEYWORDS), (item.summary, 1))
    first = item.pk << POSITION_BITS
    found = [
        Passage(
            id=first + CARD,
            item=item,
            text=item.summary,
            place=PlaceKind.TOP,
            words=weighted(card, item.language),
            exact=exact(f"{item.title} {keywords} {item.summary}"),
        ),
        *_places(item, entry),
    ]
    whole = " ".join(filter(None, (each.words for each in found)))
    yield Passage(id=first + WHOLE, item=item, place=PlaceKind.TOP, words=whole)
    yield from found


def _places(item: IndexedItem, entry: Entry) -> Iterator[Passage]:
    first = (item.pk << POSITION_BITS) + FIRST_PLACE
    for number, each in enumerate(entry.passages[:MOST_PASSAGES]):
        heading, text = plain(each.heading), plain(each.text)
        yield Passage(
            id=first + number,
            item=item,
            heading=heading,
            text=text,
            place=each.place.kind,
            anchor=each.place.anchor,
            number=each.place.number,
            words=weighted(((heading, HEADING), (text, 1)), item.language),
            exact=exact(f"{heading} {text}"),
        )
