"""A generation beside the served one, for as long as something is measured in it."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import islice

from django.db import transaction
from django.db.models import Max

from search import engines
from search.actions import drop_old_generations
from search.actions.engine_copies import copy_of, items_to_copy
from search.engines import Engine, RemoteEngine
from search.engines.remote import ENGINE_ERRORS
from search.models import SCRATCH, Generation
from search.query import Query
from search.registry import Entry

#: No source of the site is called so: nothing that is measured meets anything served.
SOURCE = "measured"
PUBLIC = frozenset({""})
_BATCH = 200


@dataclass(frozen=True, slots=True)
class ScratchIndex:
    """Entries held by the engine in use, apart from all that is served."""

    generation: int
    embedded: Engine = field(default_factory=engines.embedded)
    remote: RemoteEngine | None = field(default_factory=engines.remote)

    @property
    def engine(self) -> str:
        """What the engine that answers is called."""
        return self.remote.name if self.remote else self.embedded.name

    def index_entries(self, entries: Iterable[Entry]) -> None:
        """Hold the entries, which all are of `SOURCE`, by the same analysis as everything
        that is served; an engine outside the database gets its copies."""
        waiting = iter(entries)
        while batch := list(islice(waiting, _BATCH)):
            self.embedded.index(batch, generation=self.generation, version=1)
            if self.remote:
                self._send(self.remote, [entry.object_id for entry in batch])
        self.embedded.optimize(self.generation)
        if self.remote:
            self.remote.open(self.generation)

    def search(self, query: Query, rules: frozenset[str] = PUBLIC) -> Sequence[int]:
        """Keys of the items on the page of the query, in their order."""
        engine = self.remote or self.embedded
        answer = engine.search(query, rules, generation=self.generation)
        return [match.key.object_id for match in answer.matches]

    def _send(self, remote: RemoteEngine, object_ids: Sequence[int]) -> None:
        items = items_to_copy(self.generation).filter(object_id__in=object_ids)
        copies = filter(None, map(copy_of, items))
        remote.send(copies, generation=self.generation, refresh=False)


@contextmanager
def scratch() -> Iterator[ScratchIndex]:
    """A scratch generation that is gone afterwards, however it ends.

    A process that is killed leaves it behind; the first rebuild or measuring a day later
    takes it away. `ENGINE_ERRORS` where the engine in use cannot be reached.
    """
    drop_old_generations()
    held = ScratchIndex(_open())
    try:
        if held.remote:
            held.remote.drop(held.generation)
            held.remote.create(held.generation)
        yield held
    finally:
        _forget(held)


@transaction.atomic
def _open() -> int:
    scratches = Generation.objects.filter(number__gte=SCRATCH)
    newest = scratches.aggregate(newest=Max("number"))["newest"] or SCRATCH
    number = int(newest) + 1
    engines.embedded().create(number)
    return number


def _forget(held: ScratchIndex) -> None:
    held.embedded.drop(held.generation)
    # If the engine is away: what has no rows here goes with the next delivery.
    with suppress(*ENGINE_ERRORS):
        if held.remote:
            held.remote.drop(held.generation)
