"""Compare the index with the database and repair differences."""

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from django.utils import timezone

from search import registry
from search.models import IndexChange, IndexedItem, IndexState

from .changes import note_changes
from .writing import Applied, apply_changes, read_tolerantly

_BATCH = 200


@dataclass(slots=True)
class Differences:
    """Keys of differing items by source. Items with a pending change are not counted."""

    missing: dict[str, list[int]] = field(default_factory=dict)
    stale: dict[str, list[int]] = field(default_factory=dict)
    orphaned: dict[str, list[int]] = field(default_factory=dict)
    waiting: int = 0
    compared: int = 0

    @property
    def count(self) -> int:
        """Number of differing items."""
        return sum(
            len(found)
            for kind in (self.missing, self.stale, self.orphaned)
            for found in kind.values()
        )

    def of(self, source: str) -> list[int]:
        """Return all differing items of a source."""
        kinds = (self.missing, self.stale, self.orphaned)
        return [pk for kind in kinds for pk in kind.get(source, ())]


def compare(*, generation: int | None = None, sample: int | None = None) -> Differences:
    """Compare every item that belongs in the index with what the index holds.

    By default this compares the generation that is served and stores the outcome for
    the report. With `sample`, keys are compared for all items and content only for that
    many random items of each source.
    """
    number = generation or IndexState.objects.values_list("serving", flat=True).get()
    found = Differences(waiting=IndexChange.objects.count())
    for source in registry.sources():
        _compare(source, found, number, sample)
    if generation is None and sample is None:
        IndexState.objects.update(compared_at=timezone.now(), differences=found.count)
    return found


def repair(differences: Differences) -> Applied:
    """Index every differing item again."""
    for source in registry.sources():
        note_changes(source=source.name, object_ids=differences.of(source.name))
    return apply_changes()


def _compare(
    source: registry.Source, found: Differences, number: int, sample: int | None
) -> None:
    held = dict(
        IndexedItem.objects.filter(generation=number, source=source.name).values_list(
            "object_id", "digest"
        )
    )
    changes = IndexChange.objects.filter(source=source.name)
    noted = set(changes.values_list("object_id", flat=True))
    keys = list(source.object_ids())
    belongs, stale = _with_all_rows(
        source, _chosen(keys, sample), held.keys() - noted, held
    )
    if sample is not None:
        belongs = set(keys)
    found.compared += len(belongs)
    found.missing[source.name] = sorted(belongs - held.keys() - noted)
    found.stale[source.name] = stale
    found.orphaned[source.name] = sorted(held.keys() - belongs - noted)


def _with_all_rows(
    source: registry.Source,
    keys: Iterable[int],
    settled: set[int],
    held: dict[int, str],
) -> tuple[set[int], list[int]]:
    """Return the keys that belong in the index, and those among them that are outdated.

    An item that cannot be read counts as outdated.
    """
    belongs: set[int] = set()
    stale: list[int] = []
    for pks in _batched(keys):
        entries, failed = read_tolerantly(source.name, pks)
        for entry in entries:
            belongs.add(entry.object_id)
            if entry.object_id in settled and held[entry.object_id] != entry.digest:
                stale.append(entry.object_id)
        belongs.update(failed)
        stale += settled.intersection(failed)
    return belongs, stale


def _chosen(keys: list[int], sample: int | None) -> list[int]:
    if sample is None or sample >= len(keys):
        return keys
    return random.sample(keys, sample)


def _batched(pks: Iterable[int]) -> Iterator[list[int]]:
    waiting = iter(pks)
    while batch := list(islice(waiting, _BATCH)):
        yield batch
