"""Record index changes in the transaction of the change."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import transaction
from django.utils import timezone

from operations.actions import enqueue
from operations.registry import Queue
from search.models import CONCEALED, Delivery, IndexChange, IndexedItem

from .locks import lock_items

JOB = "search.jobs.apply_changes"

_combined: ContextVar[list[bool] | None] = ContextVar("search_job_waits", default=None)


@transaction.atomic
def note_changes(*, source: str, object_ids: Iterable[int]) -> int:
    """Schedule items to be indexed as they are when the job runs; return their number.

    The rows and the job are committed or rolled back with the caller's transaction.
    """
    wanted = list(dict.fromkeys(object_ids))
    IndexChange.objects.bulk_create(
        (IndexChange(source=source, object_id=pk) for pk in wanted), batch_size=500
    )
    if wanted:
        _enqueue()
    return len(wanted)


@transaction.atomic
def conceal(*, source: str, object_ids: Iterable[int]) -> int:
    """Hide items from all results until they are indexed again, which is scheduled as well.

    For every change to who may see them; takes effect with the end of the transaction.
    """
    wanted = list(dict.fromkeys(object_ids))
    for start in range(0, len(wanted), 500):
        some = wanted[start : start + 500]
        lock_items(source, some)
        IndexedItem.objects.filter(source=source, object_id__in=some).update(
            rule=CONCEALED, digest=""
        )
    return note_changes(source=source, object_ids=wanted)


@contextmanager
def combine_jobs() -> Iterator[None]:
    """Enqueue one job for all changes recorded inside the context.

    For imports. If the process dies inside, the rows are still there, and the next
    scheduled run applies them.
    """
    if _combined.get() is not None:
        yield
        return
    pending: list[bool] = []
    token = _combined.set(pending)
    try:
        yield
    finally:
        _combined.reset(token)
        if pending:
            _enqueue()


def continue_in_bulk() -> bool:
    """Enqueue a job in the bulk queue if changes or deliveries are due; return whether."""
    now = timezone.now()
    due = any(
        model.objects.filter(not_before__lte=now).exists()
        for model in (IndexChange, Delivery)
    )
    if due:
        enqueue(JOB, queue=Queue.BULK)
    return due


def _enqueue() -> None:
    pending = _combined.get()
    if pending is not None:
        pending.append(True)
    else:
        enqueue(JOB)
