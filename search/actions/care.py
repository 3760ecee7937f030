"""Compare the index with the database, and put right what differs."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from search import registry
from search.models import IndexChange, IndexedItem

from .notes import note
from .writing import Applied, apply_changes

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


def compare() -> Differences:
    """Every item that belongs into the index against what is held of it."""
    found = Differences(waiting=IndexChange.objects.count())
    for source in registry.sources():
        _compare(source, found)
    return found


def repair(differences: Differences) -> Applied:
    """Index anew whatever differs."""
    for source in registry.sources():
        note(source=source.name, object_ids=differences.of(source.name))
    return apply_changes()


def _compare(source: registry.Source, found: Differences) -> None:
    held = dict(
        IndexedItem.objects.filter(source=source.name).values_list(
            "object_id", "digest"
        )
    )
    noted = set(
        IndexChange.objects.filter(source=source.name).values_list(
            "object_id", flat=True
        )
    )
    belongs: set[int] = set()
    missing: list[int] = []
    stale: list[int] = []
    for pks in _batched(source.object_ids()):
        for entry in source.entries(pks):
            belongs.add(entry.object_id)
            if entry.object_id in noted:
                continue
            if entry.object_id not in held:
                missing.append(entry.object_id)
            elif held[entry.object_id] != entry.digest:
                stale.append(entry.object_id)
    found.compared += len(belongs)
    found.missing[source.name] = missing
    found.stale[source.name] = stale
    found.orphaned[source.name] = sorted(held.keys() - belongs - noted)


def _batched(pks: Iterable[int]) -> Iterator[list[int]]:
    waiting = iter(pks)
    while batch := list(islice(waiting, _BATCH)):
        yield batch
