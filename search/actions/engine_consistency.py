"""Compare an engine outside the database with the index, and put right what differs."""

from collections.abc import Set
from dataclasses import dataclass

from search import engines
from search.engines import Key
from search.engines.remote import ENGINE_ERRORS
from search.models import Delivery, IndexState

from .delivery import Delivered, deliver
from .engine_copies import differences_of, note_copies


@dataclass(frozen=True, slots=True)
class Outside:
    """How the copies differ from the index; those that wait to be sent do not count."""

    engine: str
    differing: Set[Key] = frozenset()
    waiting: int = 0
    #: Why it could not be compared, if it could not.
    away: str = ""

    @property
    def is_well(self) -> bool:
        """It was compared, and nothing differs."""
        return not (self.differing or self.away)


def compare_outside() -> Outside | None:
    """The engine outside the database against the generation that is served; None where
    there is no such engine."""
    remote = engines.remote()
    if remote is None:
        return None
    serving = IndexState.objects.get().serving
    waiting = Delivery.objects.count()
    try:
        if not remote.generations().get(serving):
            away = "It is not filled yet."
            return Outside(remote.name, waiting=waiting, away=away)
        differing = differences_of(remote, serving)
    except ENGINE_ERRORS as error:
        return Outside(remote.name, waiting=waiting, away=str(error))
    return Outside(remote.name, differing=differing, waiting=waiting)


def repair_outside(found: Outside) -> Delivered:
    """Send whatever differs anew; what differs even then has a newer version there than in
    the database, which was brought back from a copy: the engine is filled afresh."""
    serving = IndexState.objects.get().serving
    note_copies(found.differing, serving)
    done = deliver()
    left, remote = compare_outside(), engines.remote()
    if remote and left and left.differing:
        remote.drop(serving)
        done += deliver()
    return done
