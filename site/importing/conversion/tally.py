"""A tally of a conversion: what was carried over, what was dropped and why."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Count:
    """The counts of one kind of markup."""

    carried: int = 0
    dropped: int = 0
    forms: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)


@dataclass
class Tally:
    """Counts for each kind of markup: headings, links, images, tables, lists, footnotes.

    Each piece of markup is counted by exactly one call of `carried` or `dropped`.
    """

    counts: dict[str, Count] = field(default_factory=dict)

    def of(self, kind: str) -> Count:
        return self.counts.setdefault(kind, Count())

    def carried(self, kind: str, form: str = "") -> None:
        """Count one converted element; `form` names what it became, if that is another type."""
        count = self.of(kind)
        count.carried += 1
        if form:
            count.forms[form] += 1

    def dropped(self, kind: str, reason: str) -> None:
        """Count one as dropped for a reason."""
        count = self.of(kind)
        count.dropped += 1
        count.reasons[reason] += 1

    def add(self, other: "Tally") -> None:
        """Add the counts of another tally."""
        for kind, theirs in other.counts.items():
            ours = self.of(kind)
            ours.carried += theirs.carried
            ours.dropped += theirs.dropped
            ours.forms += theirs.forms
            ours.reasons += theirs.reasons

    def as_dict(self) -> dict[str, Any]:
        """Return the report: kind → carried, dropped, as (forms) and why (reasons)."""
        return {
            kind: {
                "carried": count.carried,
                "dropped": count.dropped,
                "as": dict(count.forms.most_common()),
                "why": dict(count.reasons.most_common()),
            }
            for kind, count in sorted(self.counts.items())
        }
