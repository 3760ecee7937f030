"""The command `manage.py import_library DIRECTORY`."""

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from tqdm import tqdm

from importing.actions import import_library
from importing.library import LibraryError
from importing.report import Report

_SHOWN = 40


class Progress:
    """A progress bar on standard error for each stage."""

    def __init__(self, *, shown: bool) -> None:
        self.shown = shown
        self.stage = ""
        self.bar: Any = None

    def __call__(self, stage: str, done: int, all_: int) -> None:
        if stage != self.stage:
            self.close()
            self.stage = stage
            self.bar = tqdm(
                total=all_, desc=stage, unit="", file=sys.stderr, disable=not self.shown
            )
        self.bar.total = all_
        self.bar.update(done - self.bar.n)

    def close(self) -> None:
        if self.bar is not None:
            self.bar.close()


class Command(BaseCommand):
    """Import a library: topics, people, sessions, recordings, guides, resources, files."""

    help = "Import a library that grew elsewhere. See docs/editors/import-format.md."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("directory", type=Path, help="the folder with items.jsonl")
        parser.add_argument("--source", default="", help="its name here (the folder's)")
        parser.add_argument("--dry-run", action="store_true", help="write nothing")
        parser.add_argument(
            "--overwrite",
            action="store_true",
            help="also change what was edited here, and make again what was deleted here",
        )
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        progress = Progress(shown=options["verbosity"] > 0)
        try:
            report = import_library(
                directory=options["directory"],
                source=options["source"],
                dry_run=options["dry_run"],
                overwrite=options["overwrite"],
                progress=progress,
            )
        except LibraryError as error:
            raise CommandError(str(error)) from error
        finally:
            progress.close()
        if options["json"]:
            self.stdout.write(json.dumps(report.as_dict(), ensure_ascii=False))
        else:
            self._tell(report)

    def _tell(self, report: Report) -> None:
        line = self.stdout.write
        if report.dry_run:
            line(_("Nothing was written. This is what would happen:"))
        line(
            _("{items} items: {created} created, {updated} updated, {unchanged} unchanged, "
              "{skipped} skipped, in {seconds:.1f} s").format(
                items=report.items, created=report.created, updated=report.updated,
                unchanged=report.unchanged, skipped=len(report.skipped),
                seconds=report.seconds,
            )
        )  # fmt: skip
        for name, counts in (
            (_("Made or changed"), report.made),
            (_("Parts of items (recordings)"), report.parts),
            (_("Files"), report.files),
            (_("Former addresses"), report.redirects),
            (_("Fields not imported"), report.left_out),
        ):
            told = ", ".join(f"{key} {count}" for key, count in counts.items())
            if told:
                line(f"{name}: {told}")
        self._tell_markup(report)
        self._tell_rows(_("Skipped"), report.skipped)
        self._tell_rows(_("Noted"), report.notes)

    def _tell_markup(self, report: Report) -> None:
        line = self.stdout.write
        line(f"\n{_('Markup'):28}{_('carried'):>9}{_('dropped'):>9}")
        for kind, count in sorted(report.tally.counts.items()):
            line(f"{kind:28}{count.carried:>9}{count.dropped:>9}")
            for form, number in count.forms.most_common():
                line(f"{'':28}{number:>9}{'':9}  {_('as')}: {form}")
            for reason, number in count.reasons.most_common():
                line(f"{'':28}{'':9}{number:>9}  {reason}")

    def _tell_rows(self, title: str, rows: list[Any]) -> None:
        if not rows:
            return
        self.stdout.write(f"\n{title}: {len(rows)}")
        for row in rows[:_SHOWN]:
            self.stdout.write(f"  {row.id}: {row.reason}")
        if len(rows) > _SHOWN:
            words = _("… and {count} more; --json tells all.")
            self.stdout.write("  " + words.format(count=len(rows) - _SHOWN))
