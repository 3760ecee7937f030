"""Write items to the index: recorded changes, and imported items."""

import logging
import math
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, NamedTuple

from django.conf import settings
from django.db import DatabaseError, OperationalError, transaction
from django.utils import timezone

from search import engines, registry
from search.models import Delivery, IndexChange, IndexState

from .backoff import postpone
from .locks import acquire_index_lock, lock_items

log = logging.getLogger(__name__)

#: Number of items read and written at a time; transactions stay short.
BATCH = 50


@dataclass(frozen=True, slots=True)
class Applied:
    """Outcome of a run."""

    items: int = 0
    changed: int = 0
    removed: int = 0
    failed: int = 0

    def __add__(self, other: "Applied") -> "Applied":
        return Applied(
            self.items + other.items,
            self.changed + other.changed,
            self.removed + other.removed,
            self.failed + other.failed,
        )


@dataclass(frozen=True, slots=True)
class _PendingChanges:
    """Changes of one source by object: the primary keys of the rows that were read."""

    source: str
    rows: Mapping[int, frozenset[int]]

    def of(self, *object_ids: int) -> "_PendingChanges":
        """Return the changes of these objects only."""
        return _PendingChanges(self.source, {pk: self.rows[pk] for pk in object_ids})


def apply_changes(
    *,
    progress: Callable[[int], None] = lambda count: None,
    seconds: float = math.inf,
) -> Applied:
    """Apply changes that are due, oldest first, until none or no time is left.

    At least one batch is applied.

    A change is deleted in the transaction that writes its item, so a process that dies
    applies it again without effect. An item that cannot be read is retried with
    back-off and does not block the others.
    """
    done = Applied()
    deadline = time.monotonic() + seconds
    while noted := _due_changes():
        for each in noted:
            done += _apply(each)
            progress(done.items)
        if time.monotonic() >= deadline:
            break
    return done


def index_now(instances: Iterable[Any], *, source: str = "page") -> Applied:
    """Index items at once, in transactions of `BATCH` items, and delete their changes.

    For an import that has just written them. Items that do not belong in the index
    (drafts) are removed from it.
    """
    done = Applied()
    for pks in batches((item.pk for item in instances), BATCH):
        with transaction.atomic():
            state = acquire_index_lock()
            lock_items(source, pks)
            notes = IndexChange.objects.filter(source=source, object_id__in=pks)
            notes.delete()
            done += write(source, pks, read_entries(source, pks), state)
    return done


def write(
    source: str,
    object_ids: Sequence[int],
    entries: Sequence[registry.Entry],
    state: IndexState,
    *,
    generations: Sequence[int] = (),
) -> Applied:
    """Write items to every open generation, or to those named, and record deliveries.

    The caller holds the index lock.
    """
    engine = engines.embedded()
    wanted = set(object_ids)
    mine = [entry for entry in entries if entry.object_id in wanted]
    gone = sorted(wanted - {entry.object_id for entry in mine})
    done = Applied()
    for generation in generations or state.open_generations:
        changed = engine.index(mine, generation=generation, version=state.version)
        removed = engine.delete(source, gone, generation=generation)
        _note_deliveries([*changed, *removed], generation, state)
        done = Applied(len(wanted), len(changed), len(removed))
    return done


def read_entries(source: str, object_ids: Sequence[int]) -> list[registry.Entry]:
    """Return the entries of those items that belong in the index now."""
    return registry.source_named(source).entries(object_ids)


class ReadResult(NamedTuple):
    """Entries of items, and the error of each item that could not be read."""

    entries: list[registry.Entry]
    failed: dict[int, Exception]


def read_tolerantly(source: str, object_ids: Sequence[int]) -> ReadResult:
    """Read entries like `read_entries`, collecting errors of single items."""
    try:
        return ReadResult(read_entries(source, object_ids), {})
    except Exception:  # apps may raise anything
        entries: list[registry.Entry] = []
        failed: dict[int, Exception] = {}
        for pk in object_ids:
            try:
                entries += read_entries(source, [pk])
            except Exception as error:
                log.exception("search cannot read %s %s", source, pk)
                failed[pk] = error
        return ReadResult(entries, failed)


def batches(keys: Iterable[int], size: int) -> Iterator[list[int]]:
    """Yield unique keys in lists of at most `size`."""
    found = list(dict.fromkeys(keys))
    for start in range(0, len(found), size):
        yield found[start : start + size]


def _due_changes() -> list[_PendingChanges]:
    """Return the next changes by source, with all rows of each item."""
    due = IndexChange.objects.filter(not_before__lte=timezone.now())
    first = list(due.values_list("source", "object_id")[: BATCH * 2])
    by_source: dict[str, dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
    for source, object_id in dict.fromkeys(first):
        if len(by_source[source]) < BATCH:
            by_source[source][object_id] = set()
    return [_with_all_rows(source, objects) for source, objects in by_source.items()]


def _with_all_rows(source: str, objects: dict[int, set[int]]) -> _PendingChanges:
    rows = IndexChange.objects.filter(source=source, object_id__in=objects)
    for pk, object_id in rows.values_list("pk", "object_id"):
        objects[object_id].add(pk)
    return _PendingChanges(
        source, {pk: frozenset(rows) for pk, rows in objects.items()}
    )


def _apply(noted: _PendingChanges) -> Applied:
    """Read outside and write inside the transaction, to keep it short."""
    entries, failed = read_tolerantly(noted.source, list(noted.rows))
    done = Applied()
    for pk, error in failed.items():
        done += _postpone(noted.of(pk), error)
    good = noted.of(*(noted.rows.keys() - failed.keys()))
    if not good.rows:
        return done
    try:
        return done + _write_and_clear(good, entries)
    except DatabaseError as error:
        if isinstance(error, OperationalError):  # not caused by the data
            raise
        return done + _one_by_one(good, entries)


def _one_by_one(noted: _PendingChanges, entries: Sequence[registry.Entry]) -> Applied:
    """Write items one by one, so that a rejected item does not block the others."""
    done = Applied()
    for pk in noted.rows:
        try:
            own = [entry for entry in entries if entry.object_id == pk]
            done += _write_and_clear(noted.of(pk), own)
        except DatabaseError as error:
            log.exception("search cannot write %s %s", noted.source, pk)
            done += _postpone(noted.of(pk), error)
    return done


@transaction.atomic
def _write_and_clear(
    noted: _PendingChanges, entries: Sequence[registry.Entry]
) -> Applied:
    """Write entries whose changes are unchanged since they were read, and delete these changes.

    If a change is gone, another process applied it after we read the item, and our
    entry may be older. If there is a further change, whatever its key, it was committed
    after we read, and the item may have been concealed since. Both are left to the next
    round.
    """
    state = acquire_index_lock()
    lock_items(noted.source, noted.rows)
    there: dict[int, set[int]] = defaultdict(set)
    notes = IndexChange.objects.filter(
        source=noted.source, object_id__in=list(noted.rows)
    )
    for pk, object_id in notes.values_list("pk", "object_id"):
        there[object_id].add(pk)
    mine = [pk for pk, own in noted.rows.items() if own and own == there[pk]]
    done = chain.from_iterable(noted.rows[pk] for pk in mine)
    IndexChange.objects.filter(pk__in=list(done)).delete()
    state.applied_at = timezone.now()
    state.save(update_fields=["applied_at"])
    return write(noted.source, mine, entries, state)


def _postpone(noted: _PendingChanges, error: Exception) -> Applied:
    rows = chain.from_iterable(noted.rows.values())
    changes = IndexChange.objects.filter(pk__in=list(rows))
    postpone(changes, f"{type(error).__name__}: {error}")
    return Applied(failed=len(noted.rows))


def _note_deliveries(
    changes: Sequence[engines.Change], generation: int, state: IndexState
) -> None:
    """Record deliveries for the external engine, see `delivery`.

    Without one, record that the last engine missed changes.
    """
    if not settings.SEARCH_URL and state.delivered_to:
        state.delivered_to = ""
        state.save(update_fields=["delivered_to"])
    if settings.SEARCH_URL:
        Delivery.objects.bulk_create(
            Delivery(
                source=change.key.source,
                object_id=change.key.object_id,
                generation=generation,
                version=state.version,
                urgent=change.urgent,
            )
            for change in changes
        )
