"""Base of the embedded engines: tables of terms beside the shared rows."""

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import starmap
from typing import Any, ClassVar

from django.db import connection, transaction

from search.models import POSITION_BITS, Generation, IndexedItem, ItemFacet, Passage
from search.query import Query, Term
from search.registry import Entry

from . import vocabulary
from .base import Answer, Change, Cooccurrence, ItemKey, Match, Pair, Size
from .bulk_insert import insert
from .collection_size import update_size
from .cooccurrence import cooccurrences
from .facets import assign_facets, count_facets, facet_rows
from .rows import Row, item_row, passage_rows
from .sql import Sql, rows
from .sql_statement import statement
from .term_lookup import TermSelects, select_terms

_CHUNK = 400
_Held = dict[ItemKey, IndexedItem]


class TableEngine(ABC):
    """An engine over `IndexedItem`, `ItemFacet` and `Passage`."""

    name: ClassVar[str]
    #: See `TermLookup`.
    age: ClassVar[str]
    #: SQL aggregate that concatenates the facets of several items.
    concat_facets: ClassVar[str]

    def select_terms(self, query: Query, generation: int) -> TermSelects:
        """Select the terms of the query."""
        return select_terms(query, self, generation)

    @abstractmethod
    def score_items(self, stems: Mapping[str, float], generation: int) -> Sql:
        """See `TermLookup`."""

    @abstractmethod
    def items_with(self, stems: Sequence[str], generation: int) -> Sql:
        """See `TermLookup`."""

    @abstractmethod
    def items_with_together(self, terms: Sequence[Term], generation: int) -> Sql:
        """See `TermLookup`."""

    @abstractmethod
    def score_passages(self, terms: Sequence[Term], generation: int) -> Sql:
        """See `TermLookup`."""

    @abstractmethod
    def create_text(self, generation: int) -> None:
        """Create the tables in which terms of the generation are looked up."""

    @abstractmethod
    def drop_text(self, generation: int) -> None:
        """Drop these tables."""

    @abstractmethod
    def optimize(self, generation: int) -> None:
        """See `Engine.optimize`."""

    @abstractmethod
    def write_text(self, passages: Sequence[Row], generation: int) -> None:
        """Write the terms of whole items, given by all of their saved passages."""

    @abstractmethod
    def delete_text(self, passages: Sequence[Row], generation: int) -> None:
        """Delete the terms of whole items, given by all of their passages, not yet deleted."""

    @transaction.atomic
    def create(self, generation: int) -> None:
        """See `Engine.create`."""
        Generation.objects.get_or_create(number=generation)
        self.create_text(generation)

    @transaction.atomic
    def drop(self, generation: int) -> None:
        """See `Engine.drop`."""
        self.drop_text(generation)
        items = IndexedItem.objects.filter(generation=generation)
        for model in (Passage, ItemFacet):
            _delete(model.objects.filter(item__in=items))
        _delete(items)
        Generation.objects.filter(number=generation).delete()

    @transaction.atomic
    def index(
        self, entries: Sequence[Entry], *, generation: int, version: int
    ) -> list[Change]:
        """See `Engine.index`."""
        return [
            change
            for chunk in _chunks(entries)
            for change in self._index(chunk, generation, version)
        ]

    @transaction.atomic
    def delete(
        self, source: str, object_ids: Sequence[int], *, generation: int
    ) -> list[Change]:
        """See `Engine.delete`."""
        return [
            change
            for chunk in _chunks(object_ids)
            for change in self._delete(source, chunk, generation)
        ]

    def search(self, query: Query, rules: frozenset[str], *, generation: int) -> Answer:
        """See `Engine.search`."""
        words = self.select_terms(query, generation)
        asked = statement(query, rules, words, concat_facets=self.concat_facets)
        return _answer(rows(asked), tuple(query.filters))

    def strict_matches(self, query: Query, generation: int) -> Sql:
        """See `Engine.strict_matches`."""
        words = select_terms(query, self, generation)
        if words.excluded is None:
            return words.strict
        unwanted = Sql("EXCEPT SELECT item FROM (") + words.excluded + Sql(") unwanted")
        return words.strict + unwanted

    def cooccurrences(
        self, pairs: Sequence[Pair], rules: frozenset[str], *, generation: int
    ) -> dict[Pair, Cooccurrence]:
        """See `Engine.cooccurrences`."""
        return cooccurrences(pairs, rules, self, generation)

    def size(self, generation: int) -> Size:
        """See `Engine.size`."""
        items = IndexedItem.objects.filter(generation=generation)
        return Size(items.count(), Passage.objects.filter(item__in=items).count())

    def _index(
        self, entries: Sequence[Entry], generation: int, version: int
    ) -> Iterator[Change]:
        held = _held(entries, generation)
        made = [
            item_row(entry, generation=generation, version=version) for entry in entries
        ]
        pairs = []
        for item, entry in zip(made, entries, strict=True):
            before = held.get(ItemKey(entry.source, entry.object_id))
            if before is None or before.digest != item.digest:
                item.pk = before.pk if before else None
                pairs.append((item, entry))
                changed_rule = before is not None and before.rule != item.rule
                yield Change(
                    ItemKey(entry.source, entry.object_id), urgent=changed_rule
                )
        self._write(pairs, generation)

    def _write(
        self, pairs: Sequence[tuple[IndexedItem, Entry]], generation: int
    ) -> None:
        known = [item for item, _entry in pairs if item.pk is not None]
        self._forget([item.pk for item in known], generation)
        assign_facets(pairs)
        IndexedItem.objects.bulk_create(item for item, _ in pairs if item.pk is None)
        IndexedItem.objects.bulk_update(known, _WRITTEN)
        insert(ItemFacet, facet_rows(item for item, _entry in pairs))
        passages = [row for item, entry in pairs for row in passage_rows(item, entry)]
        insert(Passage, passages)
        if pairs:
            self.write_text(passages, generation)
            update_size(passages, generation, sign=1)
            vocabulary.update_counts([item for item, _entry in pairs], passages, sign=1)

    def _forget(self, item_ids: Sequence[int], generation: int) -> None:
        if not item_ids:
            return
        found = Passage.objects.filter(item_id__in=item_ids)
        held = found.values_list("id", "item_id", "words", "exact")
        passages = list(starmap(Row, held))
        items = list(IndexedItem.objects.filter(pk__in=item_ids))
        self.delete_text(passages, generation)
        update_size(passages, generation, sign=-1)
        vocabulary.update_counts(items, passages, sign=-1)
        _delete(found)
        _delete(ItemFacet.objects.filter(item_id__in=item_ids))

    def _delete(
        self, source: str, object_ids: Sequence[int], generation: int
    ) -> Iterator[Change]:
        items = IndexedItem.objects.filter(
            generation=generation, source=source, object_id__in=object_ids
        )
        found = dict(items.values_list("pk", "object_id"))
        self._forget(list(found), generation)
        _delete(IndexedItem.objects.filter(pk__in=found))
        for object_id in found.values():
            yield Change(ItemKey(source, object_id), urgent=True)


_WRITTEN = [
    field.name
    for field in IndexedItem._meta.concrete_fields
    if field.name not in {"id", "generation", "source", "object_id"}
]


def _delete(found: Any) -> None:
    """Delete rows in one statement; all dependent rows are deleted explicitly."""
    found._raw_delete(using=connection.alias)


def _chunks(values: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(values), _CHUNK):
        yield values[start : start + _CHUNK]


def _held(entries: Sequence[Entry], generation: int) -> _Held:
    """Return key, digest and rule of what is stored for the entries."""
    wanted = defaultdict(list)
    for entry in entries:
        wanted[entry.source].append(entry.object_id)
    held: _Held = {}
    for source, object_ids in wanted.items():
        found = IndexedItem.objects.filter(
            generation=generation, source=source, object_id__in=object_ids
        )
        for item in found.only("source", "object_id", "digest", "rule"):
            held[ItemKey(item.source, item.object_id)] = item
    return held


def _answer(found: Iterable[Sequence[Any]], filters: Sequence[str]) -> Answer:
    by_what: dict[str, list[Sequence[Any]]] = defaultdict(list)
    for what, *row in found:
        by_what[what].append(row)
    total, strict, *_rest = by_what["total"][0]
    places = _places(by_what["best"])
    hits = sorted(by_what["hit"], key=lambda row: int(row[0]))
    known = {
        key: (name, value, label) for key, _n, name, value, label in by_what["facet"]
    }
    gathered = [(row[0], row[4] or "") for row in by_what["items"]]
    return Answer(
        matches=tuple(
            Match(ItemKey(source, object_id), tuple(places[int(item)]))
            for _place, object_id, source, item, _nothing in hits
        ),
        total=total,
        strict=int(strict),
        counts=count_facets(gathered, known, filters),
    )


def _places(found: Iterable[Sequence[Any]]) -> dict[int, list[int]]:
    """Return positions of the best passages by item, best first."""
    places: dict[int, list[int]] = defaultdict(list)
    for _rank, passage, *_rest in sorted(found, key=lambda row: int(row[0])):
        item = passage >> POSITION_BITS
        places[item].append(passage - (item << POSITION_BITS))
    return places
