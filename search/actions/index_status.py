"""Status of the index for the report in the CMS, and retry of failed rows."""

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

#: Maximum number of rows shown in each list.
MOST_ROWS = 50


@dataclass(frozen=True, slots=True)
class PendingRows:
    """Pending rows, failed ones first, then the oldest."""

    rows: tuple[Any, ...]
    waiting: int
    failing: int
    oldest: dt.datetime | None


@dataclass(frozen=True, slots=True)
class RemoteStatus:
    """State of the external engine, with the reason if it is unavailable."""

    engine: str
    state: RemoteState
    why: str


@dataclass(frozen=True, slots=True)
class RebuildProgress:
    """A generation that is being built, and its progress."""

    number: int
    done: int
    total: int

    @property
    def percent(self) -> int:
        """Share of all items that is written."""
        return min(100, self.done * 100 // self.total) if self.total else 100


@dataclass(frozen=True, slots=True)
class IndexStatus:
    """What the index holds and which changes are pending."""

    engine: str
    size: engines.Size
    outside: RemoteStatus | None
    state: IndexState
    building: RebuildProgress | None
    changes: PendingRows
    deliveries: PendingRows


def index_status() -> IndexStatus:
    """Return the status of the index.

    Costs about a dozen queries at any size, and one request to an external engine.
    """
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
    """Make all failed rows due now and enqueue the job; return their number."""
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
