"""Build a new generation of the index beside the served one, then switch to it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice

from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone

from search import engines, registry
from search.models import SCRATCH, Generation, IndexState

from .changes import note_changes
from .consistency import compare
from .delivery import deliver
from .locks import acquire_index_lock
from .writing import Applied, ReadResult, apply_changes, read_tolerantly, write

#: Number of items read and written at a time.
BATCH = 200
#: Number of items of each source whose content is verified; keys are verified for all.
SAMPLE = 200
_TRIES = 3
#: How long the previous generation is retained; longer than any process may still use
#: it.
RETENTION = timedelta(minutes=1)
#: How long a scratch generation is retained.
SCRATCH_RETENTION = timedelta(days=1)


class IndexDiffersError(Exception):
    """The new generation differs from the database; the old one remains served."""


@dataclass(frozen=True, slots=True)
class Progress:
    """Progress of a rebuild: items done, of all items."""

    done: int
    total: int


def rebuild(
    *, progress: Callable[[Progress], None] = lambda step: None, restart: bool = False
) -> Applied:
    """Build a new generation, verify it against the database, and serve it.

    Changes made meanwhile are written to both generations. An interrupted rebuild is
    resumed by the next call unless `restart` is set. Raises IndexDiffersError if the
    new generation cannot be made to match; the old one then remains served.
    """
    if restart:
        cancel_rebuild()
    drop_old_generations()
    number = _begin()
    done = _fill(number, progress)
    engines.embedded().optimize(number)
    _verify(number)
    # An unavailable engine is brought up to date later.
    deliver()
    _switch_to(number)
    return done


def cancel_rebuild() -> None:
    """Discard the generation that is being built, if any."""
    with transaction.atomic():
        state = acquire_index_lock()
        state.building, state.cursor = None, {}
        state.save(update_fields=["building", "cursor"])
    drop_old_generations()


@transaction.atomic
def _begin() -> int:
    state = acquire_index_lock()
    if state.building is None:
        built = Generation.objects.filter(number__lt=SCRATCH)
        newest = built.aggregate(newest=Max("number"))["newest"] or 0
        state.building, state.cursor = max(newest, state.serving) + 1, {}
        engines.embedded().create(state.building)
        state.save(update_fields=["building", "cursor"])
    return int(state.building)


def _fill(number: int, progress: Callable[[Progress], None]) -> Applied:
    keys = {each.name: list(each.object_ids()) for each in registry.sources()}
    total, passed, done = sum(map(len, keys.values())), 0, Applied()
    for source, object_ids in keys.items():
        reached = IndexState.objects.get().cursor.get(source, -1)
        waiting = iter(sorted(pk for pk in object_ids if pk > reached))
        passed += sum(pk <= reached for pk in object_ids)
        while batch := list(islice(waiting, BATCH)):
            done += _fill_batch(number, source, batch)
            passed += len(batch)
            progress(Progress(passed, total))
    return done


def _fill_batch(number: int, source: str, object_ids: list[int]) -> Applied:
    """Read outside the transaction; read again inside if the index was written meanwhile."""
    before = IndexState.objects.values_list("version", flat=True).get()
    result = read_tolerantly(source, object_ids)
    with transaction.atomic():
        state = acquire_index_lock()
        if state.building != number:
            raise IndexDiffersError(
                "Another process cancelled or finished this rebuild."
            )
        if state.version != before + 1:
            result = read_tolerantly(source, object_ids)
        state.cursor[source] = object_ids[-1]
        state.save(update_fields=["cursor"])
        return _write_readable(source, object_ids, result, state, number)


def _write_readable(
    source: str,
    object_ids: Sequence[int],
    result: ReadResult,
    state: IndexState,
    number: int,
) -> Applied:
    """Write what could be read and schedule the rest for retries."""
    note_changes(source=source, object_ids=result.failed)
    readable = [pk for pk in object_ids if pk not in result.failed]
    done = write(source, readable, result.entries, state, generations=[number])
    return done + Applied(failed=len(result.failed))


def _verify(number: int) -> None:
    """Verify that no item is missing or superfluous and that a sample has the right content.

    Differing items are written again, a few times.
    """
    for _attempt in range(_TRIES):
        apply_changes()
        found = compare(generation=number, sample=SAMPLE)
        if not found.count:
            return
        for source in registry.sources():
            for start in range(0, len(keys := found.of(source.name)), BATCH):
                _rewrite(number, source.name, keys[start : start + BATCH])
    raise IndexDiffersError(
        f"{found.count} items differ from the database; the old index stays in use."
    )


@transaction.atomic
def _rewrite(number: int, source: str, object_ids: list[int]) -> None:
    state = acquire_index_lock()
    _write_readable(
        source, object_ids, read_tolerantly(source, object_ids), state, number
    )


@transaction.atomic
def _switch_to(number: int) -> None:
    state = acquire_index_lock()
    engines.recount(number)
    state.serving, state.building, state.cursor = number, None, {}
    state.rebuilt_at = timezone.now()
    state.save(update_fields=["serving", "building", "cursor", "rebuilt_at"])
    transaction.on_commit(IndexState.forget_served)


def drop_old_generations() -> None:
    """Drop generations that are neither served nor built, each in its own transaction.

    The previously served generation is retained for a while, as other processes may
    still use it; so are recent scratch generations.
    """
    state = IndexState.objects.get()
    if state.rebuilt_at and timezone.now() - state.rebuilt_at < RETENTION:
        return
    old = Q(begun_at__lt=timezone.now() - SCRATCH_RETENTION)
    mine = Generation.objects.filter(Q(number__lt=SCRATCH) | old)
    held = set(mine.values_list("number", flat=True))
    for number in sorted(held - set(state.open_generations)):
        with transaction.atomic():
            if number not in acquire_index_lock().open_generations:
                engines.embedded().drop(number)
