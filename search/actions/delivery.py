"""Send index changes to an external engine.

Rows of `Delivery` name the items to send. Their content is read from the embedded index
when it is sent, together with the item's version, so the engine ends in the right state
whatever the order or repetition of requests. No transaction is open during a request.
"""

import logging
import math
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from search import engines
from search.engines import ItemKey, RemoteEngine
from search.engines.remote import ENGINE_ERRORS, Put, Remove
from search.models import Delivery, Generation, IndexedItem, IndexState

from .backoff import postpone
from .engine_copies import copy_of, differing_items, items_to_copy, note_deliveries

log = logging.getLogger(__name__)

#: Number of items in one request.
BATCH = 100
_TRIES = 3
#: Bounds of the retry delay while the engine is unavailable.
MIN_RETRY_DELAY, MAX_RETRY_DELAY = timedelta(seconds=2), timedelta(seconds=20)


@dataclass(frozen=True, slots=True)
class DeliveryResult:
    """Outcome of a delivery run."""

    sent: int = 0
    refused: int = 0
    #: Reason if the engine was unavailable, otherwise empty.
    unavailable: str = ""

    def __add__(self, other: "DeliveryResult") -> "DeliveryResult":
        return DeliveryResult(self.sent + other.sent, self.refused + other.refused)


@dataclass(slots=True)
class _DeliveryBatch:
    """Items of one generation, with the rows that name them."""

    generation: int
    rows: dict[ItemKey, list[int]] = field(default_factory=lambda: defaultdict(list))
    versions: dict[ItemKey, int] = field(default_factory=dict)
    urgent: bool = False


def deliver(*, seconds: float = math.inf) -> DeliveryResult:
    """Send deliveries that are due, urgent ones first, until none or no time is left.

    A row is deleted only after the engine has confirmed its item; a process that dies
    before that sends it again. Safe to run concurrently. Items that the engine rejects
    are retried with back-off and do not block others; an unavailable engine is retried
    soon.
    """
    remote = engines.remote()
    if remote is None:
        return DeliveryResult()
    try:
        _synchronize_generations(remote)
        deadline = time.monotonic() + seconds
        done = _send_all_due(remote, deadline)
        for generation in IndexState.objects.get().open_generations:
            done += _open_if_complete(remote, generation, deadline)
    except ENGINE_ERRORS as error:
        return _postpone_all(error)
    return done


def _synchronize_generations(remote: RemoteEngine) -> None:
    """Create missing indexes on the engine and drop those without a generation."""
    held = set(remote.generations())
    state = IndexState.objects.get()
    if state.delivered_to != repr(remote.location):
        # The engine is new, or missed changes while it was not configured.
        for number in held:
            remote.drop(number)
        held = set()
    for number in set(state.open_generations) - held:
        _create_index(remote, number)
    kept = {*state.open_generations, *Generation.objects.values_list("pk", flat=True)}
    for number in held - kept:
        remote.drop(number)
    Delivery.objects.filter(generation__lt=min(kept)).delete()


def _create_index(remote: RemoteEngine, generation: int) -> None:
    """Create an index on the engine and schedule all items for delivery.

    Rows are written first: if the process dies in between, the index is still missing
    and the next run starts over.
    """
    keys = IndexedItem.objects.filter(generation=generation)
    with transaction.atomic():
        note_deliveries(_keys(keys), generation)
        IndexState.objects.update(delivered_to=repr(remote.location))
    remote.create(generation)


def _send_all_due(remote: RemoteEngine, deadline: float) -> DeliveryResult:
    done = DeliveryResult()
    while batch := _due():
        done += _send(remote, batch)
        if time.monotonic() >= deadline:
            break
    return done


def _due() -> _DeliveryBatch | None:
    """Return the next items of one generation with all of their rows."""
    state = IndexState.objects.get()
    due = Delivery.objects.filter(
        not_before__lte=timezone.now(), generation__in=state.open_generations
    )
    first = due.filter(urgent=True).first() or due.first()
    if first is None:
        return None
    mine = due.filter(generation=first.generation, urgent=first.urgent)
    wanted = _keys(mine[:BATCH])
    batch = _DeliveryBatch(first.generation, urgent=first.urgent)
    for each in _rows_of(Delivery.objects.filter(generation=first.generation), wanted):
        key = ItemKey(each.source, each.object_id)
        batch.rows[key].append(each.pk)
        batch.versions[key] = max(each.version, batch.versions.get(key, 0))
        batch.urgent |= each.urgent
    return batch


def _send(remote: RemoteEngine, batch: _DeliveryBatch) -> DeliveryResult:
    refused = remote.send(
        _changes(batch), generation=batch.generation, refresh=batch.urgent
    )
    accepted = [key for key in batch.rows if key not in refused]
    rows = [pk for key in accepted for pk in batch.rows[key]]
    Delivery.objects.filter(pk__in=rows).delete()
    for key, reason in refused.items():
        log.error("the search engine rejects %s %s: %s", *_parts(key), reason)
        postpone(Delivery.objects.filter(pk__in=batch.rows[key]), reason)
    return DeliveryResult(len(accepted), len(refused))


def _changes(batch: _DeliveryBatch) -> Iterator[Put | Remove]:
    """Yield the items as they are stored now.

    An item is read before its passages, so what is sent may be newer than its version,
    never older.
    """
    found = list(_rows_of(items_to_copy(batch.generation), batch.rows))
    there = {ItemKey(item.source, item.object_id) for item in found}
    # An item removed meanwhile has a row of its own.
    yield from filter(None, map(copy_of, found))
    for key in batch.rows.keys() - there:
        yield Remove(key, batch.versions[key])


def _open_if_complete(
    remote: RemoteEngine, generation: int, deadline: float
) -> DeliveryResult:
    """Open an index for searching once it equals the embedded one.

    At the deadline it is left as it is, for the next run.
    If it cannot be brought there it is dropped and created again by the next run: after
    a database restore, the versions of the engine may be newer than those of the
    database.
    """
    done = DeliveryResult()
    for _attempt in range(_TRIES):
        untold = Delivery.objects.filter(generation=generation, attempts=0)
        if remote.generations().get(generation, True) or untold.exists():
            return done
        found = differing_items(remote, generation)
        if not found:
            remote.open(generation)
            return done
        note_deliveries(found, generation)
        done += _send_all_due(remote, deadline)
        if time.monotonic() >= deadline:
            return done
    remote.drop(generation)
    return done


def _postpone_all(error: Exception) -> DeliveryResult:
    """Postpone due rows while the engine is unavailable, without counting a failed attempt.

    The delay grows with the time waited so far, within bounds.
    """
    reason = f"{type(error).__name__}: {error}"[:300]
    log.warning("the search engine is unavailable: %s", reason)
    now = timezone.now()
    due = Delivery.objects.filter(not_before__lte=now)
    rows = dict(due.values_list("pk", "noted_at")[:BATCH])
    if rows:
        waited = now - min(rows.values())
        wait = min(max(waited, MIN_RETRY_DELAY), MAX_RETRY_DELAY)
        Delivery.objects.filter(pk__in=rows).update(not_before=now + wait, error=reason)
    return DeliveryResult(unavailable=reason)


def _keys(rows: "QuerySet[Delivery] | QuerySet[IndexedItem]") -> set[ItemKey]:
    return {ItemKey(*pair) for pair in rows.values_list("source", "object_id")}


def _rows_of(rows: QuerySet, wanted: Iterable[ItemKey]) -> Iterator:
    """Yield the rows of the items, one query for each source."""
    by_source = defaultdict(list)
    for key in wanted:
        by_source[key.source].append(key.object_id)
    for source, object_ids in by_source.items():
        yield from rows.filter(source=source, object_id__in=object_ids)


def _parts(key: ItemKey) -> tuple[str, int]:
    return key.source, key.object_id
