"""Compare the index with the database, and put right what differs."""

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
    """What differs, by source: keys of items. Items with a note waiting do not count."""

    missing: dict[str, list[int]] = field(default_factory=dict)
    stale: dict[str, list[int]] = field(default_factory=dict)
    orphaned: dict[str, list[int]] = field(default_factory=dict)
    waiting: int = 0
    compared: int = 0

    @property
    def count(self) -> int:
        """How many items differ."""
        return sum(
            len(found)
            for kind in (self.missing, self.stale, self.orphaned)
            for found in kind.values()
        )

    def of(self, source: str) -> list[int]:
        """All items of a source that differ."""
        kinds = (self.missing, self.stale, self.orphaned)
        return [pk for kind in kinds for pk in kind.get(source, ())]


def compare(*, generation: int | None = None, sample: int | None = None) -> Differences:
    """Every item that belongs into the index against what is held of it.

    Of the generation that is served, or of the one named. With a `sample`, the keys of all
    items are compared, and the content of so many drawn at random from each source. A whole
    comparison of the generation that is served is remembered, for the report.
    """
    number = generation or IndexState.objects.values_list("serving", flat=True).get()
    found = Differences(waiting=IndexChange.objects.count())
    for source in registry.sources():
        _compare(source, found, number, sample)
    if generation is None and sample is None:
        IndexState.objects.update(compared_at=timezone.now(), differences=found.count)
    return found


def repair(differences: Differences) -> Applied:
    """Index anew whatever differs."""
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
    """The keys that belong into the index, and those among them held otherwise, or of which
    nobody can say."""
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
