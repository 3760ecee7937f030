"""How the index is, in one look; and another try for what failed."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Count, Min, Q
from django.utils import timezone

from operations.actions import enqueue
from search import engines, registry
from search.models import Delivery, IndexChange, IndexState

from .changes import JOB
from .readiness import RemoteState, remote_state

#: Rows that a report shows of each kind.
MOST_ROWS = 50


@dataclass(frozen=True, slots=True)
class PendingRows:
    """What waits, those that failed first, then the oldest."""

    rows: tuple[Any, ...]
    waiting: int
    failing: int
    oldest: dt.datetime | None


@dataclass(frozen=True, slots=True)
class RemoteStatus:
    """The engine outside the database, and why it is away, if it is."""

    engine: str
    remote_state: RemoteState
    why: str


@dataclass(frozen=True, slots=True)
class RebuildProgress:
    """A generation that is being built, and how far it is."""

    number: int
    done: int
    total: int

    @property
    def percent(self) -> int:
        """Of the items that there are."""
        return min(100, self.done * 100 // self.total) if self.total else 100


@dataclass(frozen=True, slots=True)
class IndexStatus:
    """What the index holds, and what it does not know yet."""

    engine: str
    size: engines.Size
    outside: RemoteStatus | None
    state: IndexState
    building: RebuildProgress | None
    changes: PendingRows
    deliveries: PendingRows


def index_status() -> IndexStatus:
    """How the index is now; a dozen queries at any size, and one question to an engine
    outside the database."""
    state = IndexState.objects.get()
    engine = engines.embedded()
    return IndexStatus(
        engine=engine.name,
        size=engine.size(state.serving),
        outside=_outside(state.serving),
        state=state,
        building=_building(state.building),
        changes=_queue(IndexChange),
        deliveries=_queue(Delivery),
    )


@transaction.atomic
def retry_failed() -> int:
    """Whatever failed is due now, and the worker hears of it; how many rows there are."""
    now = timezone.now()
    failed = [
        model.objects.filter(attempts__gt=0).update(not_before=now)
        for model in (IndexChange, Delivery)
    ]
    enqueue(JOB)
    return sum(failed)


def _outside(serving: int) -> RemoteStatus | None:
    remote = engines.remote()
    return RemoteStatus(remote.name, *remote_state(remote, serving)) if remote else None


def _queue(model: type[IndexChange] | type[Delivery]) -> PendingRows:
    found = model.objects.aggregate(
        waiting=Count("pk"),
        failing=Count("pk", filter=Q(attempts__gt=0)),
        oldest=Min("noted_at"),
    )
    rows = model.objects.order_by("-attempts", "pk")[:MOST_ROWS]
    return PendingRows(rows=tuple(rows), **found)


def _building(number: int | None) -> RebuildProgress | None:
    if number is None:
        return None
    done = engines.embedded().size(number).items
    return RebuildProgress(number, done, _count(registry.sources()))


def _count(sources: Iterable[registry.Source]) -> int:
    return sum(1 for source in sources for _key in source.object_ids())
