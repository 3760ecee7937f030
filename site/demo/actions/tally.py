"""What a run did."""

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Outcome(StrEnum):
    """What happened to one thing. Kept: somebody changed it, so it was left alone."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    KEPT = "kept"


@dataclass
class Tally:
    """How many things were created, updated, unchanged or kept, by their kind."""

    counts: dict[Outcome, Counter[str]] = field(
        default_factory=lambda: {each: Counter() for each in Outcome}
    )

    def add(self, outcome: Outcome, kind: str) -> None:
        self.counts[outcome][kind] += 1

    def made(self, kind: str, *, new: bool) -> None:
        """Created or unchanged."""
        self.add(Outcome.CREATED if new else Outcome.UNCHANGED, kind)

    def total(self, outcome: Outcome) -> int:
        return self.counts[outcome].total()

    def as_json(self) -> dict[str, Any]:
        """The totals, and `kinds` for those who want to know more closely."""
        totals = {each.value: self.total(each) for each in Outcome}
        kinds = {
            each.value: dict(sorted(self.counts[each].items())) for each in Outcome
        }
        return {**totals, "kinds": kinds}
