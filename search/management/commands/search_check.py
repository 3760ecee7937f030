"""Compare the index with the database, and an external engine with the index."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext_lazy as _

from search import actions


class Command(BaseCommand):
    """Report differences and optionally repair them; exits with 1 while there are any."""

    help = str(_("Compare the index with the database and report differences."))

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--repair", action="store_true", help="index differing items again"
        )
        parser.add_argument(
            "--json",
            action="store_true",
            help="print one JSON object on standard output",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        found = actions.compare()
        repaired = 0
        if options["repair"] and found.count:
            repaired = found.count
            actions.repair(found)
            found = actions.compare()
        outside = self._outside(repair=options["repair"])
        report = {
            "compared": found.compared,
            "missing": found.missing,
            "stale": found.stale,
            "orphaned": found.orphaned,
            "waiting": found.waiting,
            "repaired": repaired,
            "differences": found.count,
            "outside": outside,
        }
        self._tell(report, as_json=options["json"])
        if found.count or (outside and (outside["differing"] or outside["away"])):
            raise CommandError("The index differs; try --repair.")

    def _outside(self, *, repair: bool) -> dict[str, Any] | None:
        """Compare, and if asked repair, the external engine."""
        found = actions.compare_remote()
        if found and repair and not found.is_consistent:
            actions.repair_remote(found)
            found = actions.compare_remote()
        if found is None:
            return None
        return {
            "engine": found.engine,
            "differing": [f"{key.source} {key.object_id}" for key in found.differing],
            "waiting": found.waiting,
            "away": found.unavailable,
        }

    def _tell(self, report: dict[str, Any], *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(report))
            return
        for name in ("missing", "stale", "orphaned"):
            for source, keys in report[name].items():
                for key in keys:
                    self.stdout.write(f"{name}: {source} {key}")
        self.stdout.write(
            "{compared} items compared, {differences} differ, {repaired} repaired, "
            "{waiting} changes pending".format(**report)
        )
        if outside := report["outside"]:
            differing = outside["differing"]
            self.stdout.writelines(f"differs outside: {each}" for each in differing)
            self.stdout.write(
                f"{outside['engine']}: {len(differing)} differ, "
                f"{outside['waiting']} deliveries pending. {outside['away']}".strip()
            )
