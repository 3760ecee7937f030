"""The report of an import, for people and for programs."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from .conversion import Tally
from .library import Problem


@dataclass
class Report:
    """The result of a run.

    `created + updated + unchanged + len(skipped)` is the number of items and lines that were
    read; parts of an item that become pages of their own, such as recordings, are counted in
    `parts` only.
    """

    dry_run: bool = False
    items: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    skipped: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    parts: Counter[str] = field(default_factory=Counter)
    made: Counter[str] = field(default_factory=Counter)
    files: Counter[str] = field(default_factory=Counter)
    redirects: dict[str, int] = field(default_factory=dict)
    left_out: Counter[str] = field(default_factory=Counter)
    tally: Tally = field(default_factory=Tally)
    links_lost: int = 0
    indexed: int = 0
    seconds: float = 0.0

    def skip(self, item_id: str, reason: str) -> None:
        self.skipped.append(Problem(item_id, reason))

    def as_dict(self) -> dict[str, Any]:
        """Return the report as a dictionary for `--json`."""
        return {
            "dry_run": self.dry_run,
            "items": self.items,
            "created": self.created,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "skipped": [
                {"id": each.id, "reason": each.reason} for each in self.skipped
            ],
            "notes": [{"id": each.id, "note": each.reason} for each in self.notes],
            "parts": dict(self.parts),
            "made": dict(self.made),
            "files": dict(self.files),
            "redirects": self.redirects,
            "fields_left_out": dict(self.left_out.most_common()),
            "markup": self.tally.as_dict(),
            "links_lost": self.links_lost,
            "indexed": self.indexed,
            "seconds": round(self.seconds, 2),
        }
