"""Interface and ranking constants of all engines."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from search.query import Query
from search.registry import Entry

from .sql import Sql

#: Passages named for each item; more than are shown, as several may lie in one place.
PASSAGES_PER_ITEM = 8
#: With fewer strict matches than this, items with some of the terms are added.
MIN_STRICT_MATCHES = 10
#: Weight of the best passage relative to the whole item; only this many top items are
#: reranked.
PASSAGE_WEIGHT = 0.5
RERANKED = 200
#: BM25 parameters (Robertson and Zaragoza 2009), as in FTS5 and Lucene.
K1 = 1.2
B = 0.75
#: Share of the score that decays linearly to zero over ten years.
FRESHNESS_WEIGHT = 0.1
FRESH_DAYS = 3650
#: Factor of the score of an item that was replaced by a newer one.
SUPERSEDED_WEIGHT = 0.5


#: Two words in order.
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Cooccurrence:
    """Number of items in which two words are adjacent, or occur in the same passage."""

    adjacent: int = 0
    together: int = 0


@dataclass(frozen=True, slots=True)
class ItemKey:
    """An item, by its source and primary key."""

    source: str
    object_id: int


@dataclass(frozen=True, slots=True)
class Match:
    """A matching item with the positions of its best passages, best first."""

    key: ItemKey
    places: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Count:
    """Number of items with a value of a facet."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Answer:
    """One page of matches, with totals and facet counts over all matches."""

    matches: tuple[Match, ...] = ()
    total: int = 0
    #: Number of matches that contain every term.
    strict: int = 0
    #: Counts by facet; each facet is counted without its own filter.
    counts: Mapping[str, tuple[Count, ...]] | None = None
    #: Name of the engine that answered.
    engine: str = ""
    #: Whether the embedded engine answered because the external one was unavailable.
    fallback: bool = False


@dataclass(frozen=True, slots=True)
class Size:
    """Size of a generation."""

    items: int
    passages: int


@dataclass(frozen=True, slots=True)
class Change:
    """An item was written or removed; `urgent` if this changes who may see it."""

    key: ItemKey
    urgent: bool = False


class Engine(Protocol):
    """An engine inside the database.

    Items are rows of `IndexedItem`; engines differ in how terms are stored and looked
    up. Writers hold the index lock. A generation is created before it is written to.
    """

    @property
    def name(self) -> str:
        """Name in reports."""
        ...

    def create(self, generation: int) -> None:
        """Create the tables of a generation; idempotent.

        After bulk writes, call `optimize`; until then queries may be slow.
        """
        ...

    def optimize(self, generation: int) -> None:
        """Build what makes queries on a generation fast; idempotent.

        Call it outside a transaction, where more can be done.
        """
        ...

    def drop(self, generation: int) -> None:
        """Delete a generation and its tables."""
        ...

    def index(
        self, entries: Sequence[Entry], *, generation: int, version: int
    ) -> list[Change]:
        """Write entries, replacing what was stored for these items.

        Returns the items that were new or different.
        """
        ...

    def delete(
        self, source: str, object_ids: Sequence[int], *, generation: int
    ) -> list[Change]:
        """Delete items; return those that were stored."""
        ...

    def search(self, query: Query, rules: frozenset[str], *, generation: int) -> Answer:
        """Return a page of results among items whose access rule is one of `rules`.

        No other item contributes to matches, total or counts.
        """
        ...

    def strict_matches(self, query: Query, generation: int) -> Sql:
        """Return SELECT (item) of items with every term of the query and no excluded one."""
        ...

    def cooccurrences(
        self, pairs: Sequence[Pair], rules: frozenset[str], *, generation: int
    ) -> dict[Pair, Cooccurrence]:
        """Return, for each pair, in how many items with one of the rules its words co-occur."""
        ...

    def size(self, generation: int) -> Size:
        """Return the size of a generation."""
        ...
