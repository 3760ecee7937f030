"""A scratch generation beside the served one, for measurements."""

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

#: Not the name of any source of the site, so measured items never appear in results.
SOURCE = "measured"
PUBLIC = frozenset({""})
_BATCH = 200


@dataclass(frozen=True, slots=True)
class ScratchIndex:
    """Entries in the configured engine, separate from everything that is served."""

    generation: int
    embedded: Engine = field(default_factory=engines.embedded)
    remote: RemoteEngine | None = field(default_factory=engines.remote)

    @property
    def engine(self) -> str:
        """Name of the engine that answers."""
        return self.remote.name if self.remote else self.embedded.name

    def index_entries(self, entries: Iterable[Entry]) -> None:
        """Index entries, all of them of `SOURCE`, as in production.

        An external engine receives its copies.
        """
        waiting = iter(entries)
        while batch := list(islice(waiting, _BATCH)):
            self.embedded.index(batch, generation=self.generation, version=1)
            if self.remote:
                self._send(self.remote, [entry.object_id for entry in batch])
        self.embedded.optimize(self.generation)
        if self.remote:
            self.remote.open(self.generation)

    def search(self, query: Query, rules: frozenset[str] = PUBLIC) -> Sequence[int]:
        """Return the keys of the items on the page of the query, in order."""
        engine = self.remote or self.embedded
        answer = engine.search(query, rules, generation=self.generation)
        return [match.key.object_id for match in answer.matches]

    def _send(self, remote: RemoteEngine, object_ids: Sequence[int]) -> None:
        items = items_to_copy(self.generation).filter(object_id__in=object_ids)
        copies = filter(None, map(copy_of, items))
        remote.send(copies, generation=self.generation, refresh=False)


@contextmanager
def scratch() -> Iterator[ScratchIndex]:
    """Provide a scratch generation and drop it afterwards.

    If the process is killed, the first rebuild or measurement a day later drops it.
    Raises ENGINE_ERRORS if the configured engine is unavailable.
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
    # If the engine is unavailable, the next delivery drops indexes without a
    # generation.
    with suppress(*ENGINE_ERRORS):
        if held.remote:
            held.remote.drop(held.generation)
