"""What every engine promises."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from search.passages import Place
from search.query import Query
from search.registry import Entry

#: Control characters around a matched word. Engines write them (they stand in no indexed
#: text), so that what a snippet holds can be escaped first and marked up afterwards.
MARK_START = "\x02"
MARK_END = "\x03"


@dataclass(frozen=True, slots=True)
class Snippet:
    """A stretch of a passage, its matched words between the marks."""

    place: Place
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Match:
    """An item that matched: its best passages, and its summary if words stand there."""

    item_id: int
    summary: str = ""
    snippets: tuple[Snippet, ...] = ()


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


@dataclass(frozen=True, slots=True)
class Size:
    """What an engine holds."""

    items: int
    passages: int


class Engine(Protocol):
    """An engine: it suggests; the database authorizes.

    Items are rows of `IndexedItem` in every engine; what differs is where the words are
    looked up. Writers hold the row of `IndexState`.
    """

    name: str

    def index(self, entries: Sequence[Entry]) -> int:
        """Hold the entries, each whole, in place of what was held of them before.

        Returns how many of them were new or different.
        """
        ...

    def delete(self, source: str, object_ids: Sequence[int]) -> int:
        """Hold nothing of the items; returns how many were held."""
        ...

    def clear(self) -> None:
        """Hold nothing."""
        ...

    def search(self, query: Query, rules: frozenset[str]) -> Answer:
        """The page of the query among items whose access rule is one of `rules`.

        Nothing else is in the matches, the total or the counts.
        """
        ...

    def size(self) -> Size:
        """How much is held."""
        ...
