"""Counts of what a run created, updated and left unchanged."""

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Outcome(StrEnum):
    """What happened to one item. Kept: a person has edited it, so it was not changed."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    KEPT = "kept"


@dataclass
class Tally:
    """How many items were created, updated, unchanged or kept, by kind."""

    counts: dict[Outcome, Counter[str]] = field(
        default_factory=lambda: {each: Counter() for each in Outcome}
    )

    def add(self, outcome: Outcome, kind: str) -> None:
        self.counts[outcome][kind] += 1

    def made(self, kind: str, *, new: bool) -> None:
        """Count one item as created if it is new, else as unchanged."""
        self.add(Outcome.CREATED if new else Outcome.UNCHANGED, kind)

    def total(self, outcome: Outcome) -> int:
        return self.counts[outcome].total()

    def as_json(self) -> dict[str, Any]:
        """Return the totals, and under `kinds` the totals of each kind."""
        totals = {each.value: self.total(each) for each in Outcome}
        kinds = {
            each.value: dict(sorted(self.counts[each].items())) for each in Outcome
        }
        return {**totals, "kinds": kinds}
