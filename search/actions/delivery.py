"""Tell an engine outside the database what the index holds.

Rows say which items it has not heard of; what it hears is read from the embedded index when
it is sent, with the item's version, so the engine ends as the index is, in whatever order
and however often things are sent. No transaction is held while the engine is spoken to.
"""

import logging
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

#: Items sent at a time.
BATCH = 100
_TRIES = 3
#: While the engine is away; then it is told what it missed soon after it is back.
MIN_RETRY_DELAY, MAX_RETRY_DELAY = timedelta(seconds=2), timedelta(seconds=20)


@dataclass(frozen=True, slots=True)
class DeliveryResult:
    """What a round did."""

    sent: int = 0
    refused: int = 0
    #: Why the engine could not be told, if it could not.
    unavailable: str = ""

    def __add__(self, other: "DeliveryResult") -> "DeliveryResult":
        return DeliveryResult(self.sent + other.sent, self.refused + other.refused)


@dataclass(slots=True)
class _DeliveryBatch:
    """Items of one generation, with the rows that ask for them."""

    generation: int
    rows: dict[ItemKey, list[int]] = field(default_factory=lambda: defaultdict(list))
    versions: dict[ItemKey, int] = field(default_factory=dict)
    urgent: bool = False


def deliver() -> DeliveryResult:
    """Send all that is due, what is urgent first, until there is nothing left.

    A row goes only when the engine has answered for its item; a process that dies before
    sends it again. Harmless to run twice at once. An item that the engine refuses waits,
    each time for longer, and holds nobody up; an engine that is away is asked again soon.
    """
    remote = engines.remote()
    if remote is None:
        return DeliveryResult()
    try:
        _synchronize_generations(remote)
        done = _send_all_due(remote)
        for generation in IndexState.objects.get().open_generations:
            done += _open_if_complete(remote, generation)
    except ENGINE_ERRORS as error:
        return _postpone_all(error)
    return done


def _synchronize_generations(remote: RemoteEngine) -> None:
    """The engine has an index for each generation, and for no other."""
    held = set(remote.generations())
    state = IndexState.objects.get()
    if state.delivered_to != repr(remote.location):
        # It is new to us, or was left out of changes while it was not in the settings.
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
    """Make room, and have everything sent. The rows first: a process that dies between the
    two finds no room the next time, and begins again."""
    keys = IndexedItem.objects.filter(generation=generation)
    with transaction.atomic():
        note_deliveries(_keys(keys), generation)
        IndexState.objects.update(delivered_to=repr(remote.location))
    remote.create(generation)


def _send_all_due(remote: RemoteEngine) -> DeliveryResult:
    done = DeliveryResult()
    while batch := _due():
        done += _send(remote, batch)
    return done


def _due() -> _DeliveryBatch | None:
    """The next items of one generation, with all of their rows."""
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
        log.error("the search engine refuses %s %s: %s", *_parts(key), reason)
        postpone(Delivery.objects.filter(pk__in=batch.rows[key]), reason)
    return DeliveryResult(len(accepted), len(refused))


def _changes(batch: _DeliveryBatch) -> Iterator[Put | Remove]:
    """The items as they are held now. The item is read before its passages: what is sent
    may be newer than its version says, and never older."""
    found = list(_rows_of(items_to_copy(batch.generation), batch.rows))
    there = {ItemKey(item.source, item.object_id) for item in found}
    # What was taken out since has a row of its own.
    yield from filter(None, map(copy_of, found))
    for key in batch.rows.keys() - there:
        yield Remove(key, batch.versions[key])


def _open_if_complete(remote: RemoteEngine, generation: int) -> DeliveryResult:
    """The gate: an index is asked only once it was compared and holds what it should. One
    that cannot be brought there is begun anew in the next round: the database may have been
    brought back from a copy, and its versions be older than the engine's."""
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
        done += _send_all_due(remote)
    remote.drop(generation)
    return done


def _postpone_all(error: Exception) -> DeliveryResult:
    """The engine is away: nothing is counted against the rows, which wait once more as long
    as they have waited so far, within bounds."""
    reason = f"{type(error).__name__}: {error}"[:300]
    log.warning("the search engine cannot be told: %s", reason)
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
    """The rows of the items, source by source."""
    by_source = defaultdict(list)
    for key in wanted:
        by_source[key.source].append(key.object_id)
    for source, object_ids in by_source.items():
        yield from rows.filter(source=source, object_id__in=object_ids)


def _parts(key: ItemKey) -> tuple[str, int]:
    return key.source, key.object_id
