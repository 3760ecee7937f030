"""What every engine promises."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from search.query import Query
from search.registry import Entry

from .sql import Sql

#: Best passages of an item that an engine names; more than are shown, as several may lie
#: in the same place.
PASSAGES_PER_ITEM = 8
#: With fewer items than this that have every word, items that have some are shown too.
MIN_STRICT_MATCHES = 10
#: The best passage counts so much beside the whole item, and for so many items only: the
#: best ones by the whole.
PASSAGE_WEIGHT = 0.5
RERANKED = 200
#: BM25 (Robertson and Zaragoza 2009), as FTS5 and Lucene have it.
K1 = 1.2
B = 0.75
#: A new item may weigh up to this share more than one of ten years.
FRESHNESS_WEIGHT = 0.1
FRESH_DAYS = 3650
#: What was replaced by something newer weighs so much of what it would.
SUPERSEDED_WEIGHT = 0.5


#: Two words, in the order in which they stand.
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Cooccurrence:
    """Items in which two words stand one right behind the other, or in one passage."""

    adjacent: int = 0
    together: int = 0


@dataclass(frozen=True, slots=True)
class ItemKey:
    """An item, by its source and its key there."""

    source: str
    object_id: int


@dataclass(frozen=True, slots=True)
class Match:
    """An item that matched, and the positions of its best passages, the best first."""

    key: ItemKey
    places: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Count:
    """How many items have a value of a facet."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Answer:
    """One page of matches, and the counts over all of them."""

    matches: tuple[Match, ...] = ()
    total: int = 0
    #: How many of them have every word asked for.
    strict: int = 0
    #: By facet name; each facet is counted as if it had no filter itself.
    counts: Mapping[str, tuple[Count, ...]] | None = None
    #: The one that answered.
    engine: str = ""
    #: The engine outside the database is away, and the embedded one answered.
    fallback: bool = False


@dataclass(frozen=True, slots=True)
class Size:
    """What an engine holds."""

    items: int
    passages: int


@dataclass(frozen=True, slots=True)
class Change:
    """An item was written or taken out; `urgent` where others may see it than before."""

    key: ItemKey
    urgent: bool = False


class Engine(Protocol):
    """The engine inside the database: it suggests; the database authorizes.

    Items are rows of `IndexedItem`; what differs is how words are kept and looked up.
    Writers hold the row of `IndexState`. A generation is opened before it is written to.
    """

    @property
    def name(self) -> str:
        """What it is called in reports."""
        ...

    def create(self, generation: int) -> None:
        """Make room for a generation; harmless where there is room already.

        Who fills it with much, settles it afterwards: until then it may be slow to ask.
        """
        ...

    def optimize(self, generation: int) -> None:
        """Make a generation quick to ask, now that it was filled; harmless to repeat.

        To be called outside a transaction, so that all that can be done is done.
        """
        ...

    def drop(self, generation: int) -> None:
        """Hold nothing of a generation, and take its room away."""
        ...

    def index(
        self, entries: Sequence[Entry], *, generation: int, version: int
    ) -> list[Change]:
        """Hold the entries, each whole, in place of what was held of them before.

        Returns those that were new or different.
        """
        ...

    def delete(
        self, source: str, object_ids: Sequence[int], *, generation: int
    ) -> list[Change]:
        """Hold nothing of the items; returns those that were held."""
        ...

    def search(self, query: Query, rules: frozenset[str], *, generation: int) -> Answer:
        """The page of the query among items whose access rule is one of `rules`.

        Nothing else is in the matches, the total or the counts.
        """
        ...

    def strict(self, query: Query, generation: int) -> Sql:
        """SELECT (item) of items that have every word of the question, and none that is not
        wanted."""
        ...

    def cooccurrences(
        self, pairs: Sequence[Pair], rules: frozenset[str], *, generation: int
    ) -> dict[Pair, Cooccurrence]:
        """In how many items with one of the rules the words of each pair stand together."""
        ...

    def size(self, generation: int) -> Size:
        """How much is held."""
        ...
