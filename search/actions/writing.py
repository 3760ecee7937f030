"""Write the index: what was noted, what an import brings, everything anew."""

import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import chain
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from search import engines, registry
from search.models import IndexChange, IndexState

from .notes import note

log = logging.getLogger(__name__)

#: Items read and written at a time: a short transaction, so that nobody waits for it.
BATCH = 50
_LONGEST_WAIT = timedelta(hours=1)


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
class _Noted:
    """Notes of one source, by object: the ids of the rows that were read."""

    source: str
    rows: Mapping[int, frozenset[int]]


def apply_changes(*, progress: Callable[[int], None] = lambda count: None) -> Applied:
    """Apply all notes that are due, the oldest first, until there is none.

    A note leaves in the transaction that writes what it asked for, so a process that dies
    applies it again, which changes nothing. An item that cannot be read is left for later,
    each time for longer; it does not hold up the others.
    """
    done = Applied()
    while noted := _due():
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
    for pks in _batches(item.pk for item in instances):
        with transaction.atomic():
            _take_turn()
            notes = IndexChange.objects.filter(source=source, object_id__in=pks)
            notes.delete()
            done += _write(source, pks, _entries(source, pks))
    return done


def rebuild(*, progress: Callable[[int], None] = lambda count: None) -> Applied:
    """Index everything anew, in place of all that was held.

    Every item is noted in the transaction that empties the index; what follows is the
    usual round. Stopped in the middle, the next round goes on where it stood.
    """
    with transaction.atomic():
        state = _take_turn()
        engines.current().clear()
        IndexChange.objects.all().delete()
        for source in registry.sources():
            note(source=source.name, object_ids=source.object_ids())
        state.rebuilt_at = timezone.now()
        state.save(update_fields=["rebuilt_at"])
    return apply_changes(progress=progress)


def _due() -> list[_Noted]:
    """The next notes, by source; all rows of an item together."""
    due = IndexChange.objects.filter(not_before__lte=timezone.now())
    first = list(due.values_list("source", "object_id")[: BATCH * 2])
    by_source: dict[str, dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
    for source, object_id in dict.fromkeys(first):
        if len(by_source[source]) < BATCH:
            by_source[source][object_id] = set()
    return [_read(source, objects) for source, objects in by_source.items()]


def _read(source: str, objects: dict[int, set[int]]) -> _Noted:
    rows = IndexChange.objects.filter(source=source, object_id__in=objects)
    for pk, object_id in rows.values_list("pk", "object_id"):
        objects[object_id].add(pk)
    return _Noted(source, {pk: frozenset(rows) for pk, rows in objects.items()})


def _apply(noted: _Noted) -> Applied:
    """Read outside, write inside: the transaction is as short as can be."""
    try:
        entries = _entries(noted.source, list(noted.rows))
    except Exception:  # one bad item must not hold up the rest
        return _one_by_one(noted)
    return _settle(noted, entries)


def _one_by_one(noted: _Noted) -> Applied:
    done = Applied()
    for object_id, rows in noted.rows.items():
        single = _Noted(noted.source, {object_id: rows})
        try:
            entries = _entries(noted.source, [object_id])
        except Exception as error:
            log.exception("search cannot read %s %s", noted.source, object_id)
            done += _postpone(single, error)
        else:
            done += _settle(single, entries)
    return done


@transaction.atomic
def _settle(noted: _Noted, entries: Sequence[registry.Entry]) -> Applied:
    """Write the entries whose notes are still there, and take these notes away.

    A note that is gone was applied by somebody else after we read the item: what we read
    may be older than what they wrote, so we leave theirs; notes that are left of the item
    come up in the next round. So does an item with a note that came after our reading: it
    may have been concealed since.
    """
    state = _take_turn()
    rows = set(chain.from_iterable(noted.rows.values()))
    there = IndexChange.objects.filter(pk__in=rows).values_list("pk", flat=True)
    still = frozenset(there)
    newest = dict(
        IndexChange.objects.filter(source=noted.source, object_id__in=list(noted.rows))
        .order_by("object_id")
        .values_list("object_id")
        .annotate(newest=Max("pk"))
    )
    mine = [
        pk
        for pk, own in noted.rows.items()
        if own and own <= still and newest[pk] == max(own)
    ]
    done = chain.from_iterable(noted.rows[pk] for pk in mine)
    IndexChange.objects.filter(pk__in=list(done)).delete()
    state.applied_at = timezone.now()
    state.save(update_fields=["applied_at"])
    return _write(noted.source, mine, entries)


@transaction.atomic
def _postpone(noted: _Noted, error: Exception) -> Applied:
    rows = chain.from_iterable(noted.rows.values())
    for change in IndexChange.objects.filter(pk__in=list(rows)):
        change.attempts += 1
        wait = min(timedelta(seconds=2**change.attempts), _LONGEST_WAIT)
        change.not_before = timezone.now() + wait
        change.error = f"{type(error).__name__}: {error}"[:300]
        change.save(update_fields=["attempts", "not_before", "error"])
    return Applied(failed=len(noted.rows))


def _write(
    source: str, object_ids: Sequence[int], entries: Sequence[registry.Entry]
) -> Applied:
    engine = engines.current()
    wanted = set(object_ids)
    mine = [entry for entry in entries if entry.object_id in wanted]
    gone = wanted - {entry.object_id for entry in mine}
    return Applied(
        items=len(wanted),
        changed=engine.index(mine),
        removed=engine.delete(source, sorted(gone)),
    )


def _entries(source: str, object_ids: Sequence[int]) -> list[registry.Entry]:
    return registry.source_named(source).entries(object_ids)


def _take_turn() -> IndexState:
    """Writers of the index take turns: held until the end of the transaction."""
    return IndexState.objects.select_for_update().get_or_create(pk=1)[0]


def _batches(pks: Iterable[int]) -> Iterator[list[int]]:
    found = list(dict.fromkeys(pks))
    for start in range(0, len(found), BATCH):
        yield found[start : start + BATCH]
