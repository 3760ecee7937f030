"""Write the index: what was noted, and what an import brings."""

import logging
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

#: Items read and written at a time: a short transaction, so that nobody waits for it.
BATCH = 50


@dataclass(frozen=True, slots=True)
class Applied:
    """What a round did."""

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
    """Notes of one source, by object: the ids of the rows that were read."""

    source: str
    rows: Mapping[int, frozenset[int]]

    def of(self, *object_ids: int) -> "_PendingChanges":
        """The notes of these objects alone."""
        return _PendingChanges(self.source, {pk: self.rows[pk] for pk in object_ids})


def apply_changes(*, progress: Callable[[int], None] = lambda count: None) -> Applied:
    """Apply all notes that are due, the oldest first, until there is none.

    A note leaves in the transaction that writes what it asked for, so a process that dies
    applies it again, which changes nothing. An item that cannot be read is left for later,
    each time for longer; it does not hold up the others.
    """
    done = Applied()
    while noted := _due_changes():
        for each in noted:
            done += _apply(each)
            progress(done.items)
    return done


def index_now(instances: Iterable[Any], *, source: str = "page") -> Applied:
    """Index items at once, in transactions of `BATCH`; their notes are done with.

    For an import that has just written them. Items that do not belong into the index
    (drafts) are taken out of it.
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
    """Write the items into every open generation, or into those that are named, and note
    what an engine outside has to hear. The turn must be held."""
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
    """The entries of those items that belong into the index now."""
    return registry.source_named(source).entries(object_ids)


class ReadResult(NamedTuple):
    """The entries of items; and why those could not be read that could not."""

    entries: list[registry.Entry]
    failed: dict[int, Exception]


def read_tolerantly(source: str, object_ids: Sequence[int]) -> ReadResult:
    """Like `entries_of`, but an item that cannot be read holds nobody up."""
    try:
        return ReadResult(read_entries(source, object_ids), {})
    except Exception:  # whatever an app does wrong
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
    """The keys, each once, so many at a time."""
    found = list(dict.fromkeys(keys))
    for start in range(0, len(found), size):
        yield found[start : start + size]


def _due_changes() -> list[_PendingChanges]:
    """The next notes, by source; all rows of an item together."""
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
    """Read outside, write inside: the transaction is as short as can be."""
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
        if isinstance(error, OperationalError):  # not about what was written
            raise
        return done + _one_by_one(good, entries)


def _one_by_one(noted: _PendingChanges, entries: Sequence[registry.Entry]) -> Applied:
    """One item that the database refuses must not hold up the others."""
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
    """Write the entries that no other note speaks of, and take their notes away.

    A note that is gone was applied by somebody else after we read the item: what we read
    may be older than what they wrote, so we leave theirs; notes that are left of the item
    come up in the next round. So does an item with a note beside those that we read, written
    before or after: it may have been concealed since.
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
    """An engine outside the database hears of it later, see `delivery`. Without one, we
    note that the last one missed something."""
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
