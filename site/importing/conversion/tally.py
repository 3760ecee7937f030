"""The account of a conversion: what was carried over and what was dropped, and why."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Count:
    """One kind of markup."""

    carried: int = 0
    dropped: int = 0
    forms: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)


@dataclass
class Tally:
    """Counts by kind of markup: headings, links, images, tables, lists, footnotes…

    Every piece of markup that is read ends in exactly one call of `carried` or `dropped`.
    """

    counts: dict[str, Count] = field(default_factory=dict)

    def of(self, kind: str) -> Count:
        return self.counts.setdefault(kind, Count())

    def carried(self, kind: str, form: str = "") -> None:
        """One more arrived; `form` says as what, where it is not simply the same."""
        count = self.of(kind)
        count.carried += 1
        if form:
            count.forms[form] += 1

    def dropped(self, kind: str, reason: str) -> None:
        """One more did not arrive, and why."""
        count = self.of(kind)
        count.dropped += 1
        count.reasons[reason] += 1

    def add(self, other: "Tally") -> None:
        """Take another account into this one."""
        for kind, theirs in other.counts.items():
            ours = self.of(kind)
            ours.carried += theirs.carried
            ours.dropped += theirs.dropped
            ours.forms += theirs.forms
            ours.reasons += theirs.reasons

    def as_dict(self) -> dict[str, Any]:
        """For the report: kind → carried, dropped, as (forms) and why (reasons)."""
        return {
            kind: {
                "carried": count.carried,
                "dropped": count.dropped,
                "as": dict(count.forms.most_common()),
                "why": dict(count.reasons.most_common()),
            }
            for kind, count in sorted(self.counts.items())
        }
