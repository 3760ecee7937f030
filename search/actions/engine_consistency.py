"""Compare an external engine with the index and repair differences."""

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
    """How the engine's copies differ from the index; pending deliveries are not counted."""

    engine: str
    differing: Set[ItemKey] = frozenset()
    waiting: int = 0
    #: Reason if the engine could not be compared, otherwise empty.
    unavailable: str = ""

    @property
    def is_consistent(self) -> bool:
        """Whether the comparison succeeded and found no difference."""
        return not (self.differing or self.unavailable)


def compare_remote() -> RemoteDifferences | None:
    """Compare the external engine with the served generation; None without such an engine."""
    remote = engines.remote()
    if remote is None:
        return None
    serving = IndexState.objects.get().serving
    waiting = Delivery.objects.count()
    try:
        if not remote.generations().get(serving):
            unavailable = "It is still being filled."
            return RemoteDifferences(
                remote.name, waiting=waiting, unavailable=unavailable
            )
        differing = differing_items(remote, serving)
    except ENGINE_ERRORS as error:
        return RemoteDifferences(remote.name, waiting=waiting, unavailable=str(error))
    return RemoteDifferences(remote.name, differing=differing, waiting=waiting)


def repair_remote(found: RemoteDifferences) -> DeliveryResult:
    """Send differing items again.

    If items still differ, the engine holds newer versions than a restored database; its
    index is then dropped and filled again.
    """
    serving = IndexState.objects.get().serving
    note_deliveries(found.differing, serving)
    done = deliver()
    left, remote = compare_remote(), engines.remote()
    if remote and left and left.differing:
        remote.drop(serving)
        done += deliver()
    return done
