"""A generation beside the served one, for as long as something is measured in it."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice

from django.db import transaction
from django.db.models import Max

from search import engines
from search.actions import clear_away
from search.models import SCRATCH, Generation
from search.query import Query
from search.registry import Entry

#: No source of the site is called so: nothing that is measured meets anything served.
SOURCE = "measured"
_BATCH = 200


@dataclass(frozen=True, slots=True)
class Scratch:
    """Entries held by the engine in use, apart from all that is served."""

    generation: int

    @property
    def engine(self) -> str:
        """What the engine is called."""
        return engines.embedded().name

    def hold(self, entries: Iterable[Entry]) -> None:
        """Hold the entries, by the same analysis as everything that is served."""
        waiting = iter(entries)
        while batch := list(islice(waiting, _BATCH)):
            engines.embedded().index(batch, generation=self.generation, version=1)

    def ask(self, query: Query) -> Sequence[int]:
        """Keys of the items on the page of the query, in their order."""
        answer = engines.embedded().search(
            query, frozenset({""}), generation=self.generation
        )
        return [match.key.object_id for match in answer.matches]


@contextmanager
def scratch() -> Iterator[Scratch]:
    """A scratch generation that is gone afterwards, however it ends.

    A process that is killed leaves it behind; the next rebuild or the next measuring takes
    it away after a day.
    """
    clear_away()
    generation = _open()
    try:
        yield Scratch(generation)
    finally:
        engines.embedded().drop(generation)


@transaction.atomic
def _open() -> int:
    scratches = Generation.objects.filter(number__gte=SCRATCH)
    newest = scratches.aggregate(newest=Max("number"))["newest"] or SCRATCH
    number = int(newest) + 1
    engines.embedded().open(number)
    return number
