"""Compare an engine outside the database with the index, and put right what differs."""

from collections.abc import Set
from dataclasses import dataclass

from search import engines
from search.engines import ItemKey
from search.engines.remote import ENGINE_ERRORS
from search.models import Delivery, IndexState

from .delivery import DeliveryResult, deliver
from .engine_copies import differing_items, note_deliveries


@dataclass(frozen=True, slots=True)
class RemoteDifferences:
    """How the copies differ from the index; those that wait to be sent do not count."""

    engine: str
    differing: Set[ItemKey] = frozenset()
    waiting: int = 0
    #: Why it could not be compared, if it could not.
    unavailable: str = ""

    @property
    def is_consistent(self) -> bool:
        """It was compared, and nothing differs."""
        return not (self.differing or self.unavailable)


def compare_remote() -> RemoteDifferences | None:
    """The engine outside the database against the generation that is served; None where
    there is no such engine."""
    remote = engines.remote()
    if remote is None:
        return None
    serving = IndexState.objects.get().serving
    waiting = Delivery.objects.count()
    try:
        if not remote.generations().get(serving):
            unavailable = "It is not filled yet."
            return RemoteDifferences(
                remote.name, waiting=waiting, unavailable=unavailable
            )
        differing = differing_items(remote, serving)
    except ENGINE_ERRORS as error:
        return RemoteDifferences(remote.name, waiting=waiting, unavailable=str(error))
    return RemoteDifferences(remote.name, differing=differing, waiting=waiting)


def repair_remote(found: RemoteDifferences) -> DeliveryResult:
    """Send whatever differs anew; what differs even then has a newer version there than in
    the database, which was brought back from a copy: the engine is filled afresh."""
    serving = IndexState.objects.get().serving
    note_deliveries(found.differing, serving)
    done = deliver()
    left, remote = compare_remote(), engines.remote()
    if remote and left and left.differing:
        remote.drop(serving)
        done += deliver()
    return done
