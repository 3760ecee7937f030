"""The part that engines inside the database share: own tables, one statement a question."""

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from search.models import (
    MOST_PASSAGES,
    POSITION_BITS,
    IndexedItem,
    ItemFacet,
    Passage,
)
from search.passages import Place, PlaceKind, plain
from search.query import Query, fold
from search.registry import Entry

from .base import Answer, Count, Match, Size, Snippet
from .plan import POSITION, Sql, Words, statement

#: Places of an item that a result shows.
PLACES_SHOWN = 3
_CHUNK = 400


class TableEngine(ABC):
    """An engine over `IndexedItem`, `ItemFacet` and `Passage`."""

    name: str

    @abstractmethod
    def words(self, query: Query) -> Words:
        """How this database finds the words of the query."""

    @abstractmethod
    def write_text(self, item_ids: Sequence[int]) -> None:
        """Make the passages of the items, just written, findable by their words."""

    @abstractmethod
    def drop_text(self, item_ids: Sequence[int]) -> None:
        """Forget the words of the items' passages, which are still there."""

    @abstractmethod
    def clear_text(self) -> None:
        """Forget all words."""

    @transaction.atomic
    def index(self, entries: Sequence[Entry]) -> int:
        """See `Engine.index`."""
        return sum(self._index(chunk) for chunk in _chunks(entries))

    @transaction.atomic
    def delete(self, source: str, object_ids: Sequence[int]) -> int:
        """See `Engine.delete`."""
        return sum(self._delete(source, chunk) for chunk in _chunks(object_ids))

    @transaction.atomic
    def clear(self) -> None:
        """See `Engine.clear`."""
        self.clear_text()
        for model in (Passage, ItemFacet, IndexedItem):
            model.objects.all()._raw_delete(using=connection.alias)

    def search(self, query: Query, rules: frozenset[str]) -> Answer:
        """See `Engine.search`."""
        asked = statement(query, rules, self.words(query))
        with connection.cursor() as cursor:
            cursor.execute(asked.text, asked.params)
            return _answer(cursor.fetchall())

    def size(self) -> Size:
        """See `Engine.size`."""
        return Size(IndexedItem.objects.count(), Passage.objects.count())

    def execute(self, sql: Sql) -> None:
        """Run a statement of the engine's own."""
        with connection.cursor() as cursor:
            cursor.execute(sql.text, sql.params)

    def _index(self, entries: Sequence[Entry]) -> int:
        held = _held(entries)
        changed = [
            (entry, digest)
            for entry in entries
            if held.get(_key(entry), (0, ""))[1] != (digest := entry.digest)
        ]
        items = [
            _item(entry, digest, held.get(_key(entry), (None, ""))[0])
            for entry, digest in changed
        ]
        known = [item for item in items if item.pk is not None]
        self._forget([item.pk for item in known])
        IndexedItem.objects.bulk_create(item for item in items if item.pk is None)
        IndexedItem.objects.bulk_update(known, _WRITTEN)
        pairs = zip(items, changed, strict=True)
        self._write([(item, entry) for item, (entry, _digest) in pairs])
        return len(changed)

    def _write(self, pairs: Sequence[tuple[IndexedItem, Entry]]) -> None:
        ItemFacet.objects.bulk_create(
            ItemFacet(item=item, name=each.name, value=each.value, label=each.label)
            for item, entry in pairs
            for each in dict.fromkeys(entry.facets)
        )
        Passage.objects.bulk_create(
            passage for item, entry in pairs for passage in _passages(item, entry)
        )
        self.write_text([item.pk for item, _entry in pairs])

    def _forget(self, item_ids: Sequence[int]) -> None:
        if not item_ids:
            return
        self.drop_text(item_ids)
        for model in (Passage, ItemFacet):
            found = model.objects.filter(item_id__in=item_ids)
            found._raw_delete(using=connection.alias)

    def _delete(self, source: str, object_ids: Sequence[int]) -> int:
        items = IndexedItem.objects.filter(source=source, object_id__in=object_ids)
        item_ids = list(items.values_list("pk", flat=True))
        self._forget(item_ids)
        IndexedItem.objects.filter(pk__in=item_ids)._raw_delete(using=connection.alias)
        return len(item_ids)


_Held = dict[tuple[str, int], tuple[int, str]]
_WRITTEN = [
    field.name
    for field in IndexedItem._meta.concrete_fields
    if field.name not in {"id", "source", "object_id"}
]


def _chunks(values: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(values), _CHUNK):
        yield values[start : start + _CHUNK]


def _key(entry: Entry) -> tuple[str, int]:
    return (entry.source, entry.object_id)


def _held(entries: Sequence[Entry]) -> _Held:
    """What is held of the entries: primary key and digest."""
    wanted = defaultdict(list)
    for entry in entries:
        wanted[entry.source].append(entry.object_id)
    held: _Held = {}
    for source, object_ids in wanted.items():
        rows = IndexedItem.objects.filter(source=source, object_id__in=object_ids)
        for pk, object_id, digest in rows.values_list("pk", "object_id", "digest"):
            held[source, object_id] = (pk, digest)
    return held


def _item(entry: Entry, digest: str, pk: int | None) -> IndexedItem:
    title = plain(entry.title)[:300]
    return IndexedItem(
        pk=pk,
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
        language=entry.language,
        date=entry.date,
        plate=list(entry.plate),
        past_after=entry.past_after,
        digest=digest,
        indexed_at=timezone.now(),
    )


def _passages(item: IndexedItem, entry: Entry) -> Iterator[Passage]:
    first = item.pk << POSITION_BITS
    yield Passage(
        id=first,
        item=item,
        title=item.title,
        keywords=plain(entry.keywords),
        text=item.summary,
        place=PlaceKind.TOP,
    )
    for position, each in enumerate(entry.passages[:MOST_PASSAGES], start=1):
        yield Passage(
            id=first + position,
            item=item,
            heading=plain(each.heading),
            text=plain(each.text),
            place=each.place.kind,
            anchor=each.place.anchor,
            number=each.place.number,
        )


def _answer(rows: Iterable[Sequence[Any]]) -> Answer:
    by_what: dict[str, list[Sequence[Any]]] = defaultdict(list)
    for what, *row in rows:
        by_what[what].append(row)
    total, strict, *_rest = by_what["total"][0]
    counts: dict[str, list[Count]] = defaultdict(list)
    for number, _nothing, name, value, label, *_rest in by_what["facet"]:
        counts[name].append(Count(value, label, number))
    found = _by_item(by_what["snippet"])
    hits = sorted(by_what["hit"], key=lambda row: int(row[0]))
    return Answer(
        matches=tuple(
            _match(item, found.get(item, [])) for _place, item, *_rest in hits
        ),
        total=total,
        strict=int(strict),
        counts={name: tuple(each) for name, each in counts.items()},
    )


@dataclass(frozen=True, slots=True)
class _Found:
    """A passage that matched: how good it is among its item's, and where it stands."""

    rank: int
    position: int
    snippet: Snippet


def _by_item(rows: Iterable[Sequence[Any]]) -> dict[int, list[_Found]]:
    found: dict[int, list[_Found]] = defaultdict(list)
    for number, passage, place, anchor, heading, text, rank in rows:
        snippet = Snippet(Place(PlaceKind(place), anchor, number), heading, text)
        each = _Found(rank, passage & POSITION, snippet)
        found[passage >> POSITION_BITS].append(each)
    return found


def _match(item_id: int, found: list[_Found]) -> Match:
    """The best passage of each place, the best places, in the order of the item."""
    summary = next((each.snippet.text for each in found if not each.position), "")
    best: dict[Place, _Found] = {}
    for each in sorted(found, key=lambda each: each.rank):
        if each.position:
            best.setdefault(each.snippet.place, each)
    shown = sorted(list(best.values())[:PLACES_SHOWN], key=lambda each: each.position)
    return Match(item_id, summary, tuple(each.snippet for each in shown))
