"""Write the index: what was noted, and what an import brings."""

import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import chain
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone

from search import engines, registry
from search.models import Delivery, IndexChange, IndexState

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
    for pks in batches((item.pk for item in instances), BATCH):
        with transaction.atomic():
            state = take_turn()
            notes = IndexChange.objects.filter(source=source, object_id__in=pks)
            notes.delete()
            done += write(source, pks, entries_of(source, pks), state)
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
        _pass_on([*changed, *removed], generation, state)
        done = Applied(len(wanted), len(changed), len(removed))
    return done


def entries_of(source: str, object_ids: Sequence[int]) -> list[registry.Entry]:
    """The entries of those items that belong into the index now."""
    return registry.source_named(source).entries(object_ids)


def take_turn() -> IndexState:
    """Writers of the index take turns: held until the end of the transaction. Each turn has
    a version of its own."""
    IndexState.objects.filter(pk=1).update(version=F("version") + 1)
    return IndexState.objects.select_for_update().get(pk=1)


def batches(keys: Iterable[int], size: int) -> Iterator[list[int]]:
    """The keys, each once, so many at a time."""
    found = list(dict.fromkeys(keys))
    for start in range(0, len(found), size):
        yield found[start : start + size]


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
        entries = entries_of(noted.source, list(noted.rows))
    except Exception:  # one bad item must not hold up the rest
        return _one_by_one(noted)
    return _settle(noted, entries)


def _one_by_one(noted: _Noted) -> Applied:
    done = Applied()
    for object_id, rows in noted.rows.items():
        single = _Noted(noted.source, {object_id: rows})
        try:
            entries = entries_of(noted.source, [object_id])
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
    state = take_turn()
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
    return write(noted.source, mine, entries, state)


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


def _pass_on(
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
