"""Rebuild the index."""

import json
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext_lazy as _
from tqdm import tqdm

from search import actions, engines
from search.models import IndexState


class Command(BaseCommand):
    """Build a new generation beside the served one, then switch to it."""

    help = str(
        _(
            "Rebuild the index beside the one in use, verify it against the database, and "
            "switch to it. An interrupted rebuild is resumed."
        )
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--afresh",
            action="store_true",
            help="discard an interrupted rebuild and start from scratch",
        )
        parser.add_argument(
            "--json",
            action="store_true",
            help="print one JSON object on standard output",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        began = time.monotonic()
        try:
            done = self._rebuild(restart=options["afresh"])
        except actions.IndexDiffersError as error:
            raise CommandError(str(error)) from error
        seconds = time.monotonic() - began
        serving = IndexState.objects.get().serving
        size = engines.embedded().size(serving)
        report = {
            "engine": engines.embedded().name,
            "generation": serving,
            "items": size.items,
            "passages": size.passages,
            "written": done.changed,
            "seconds": round(seconds, 2),
        }
        if options["json"]:
            self.stdout.write(json.dumps(report))
        else:
            self.stdout.write(
                "{items} items in {passages} passages, {written} written now, "
                "{seconds} seconds ({engine}, generation {generation})".format(**report)
            )

    def _rebuild(self, *, restart: bool) -> actions.Applied:
        with tqdm(unit=" items", file=self.stderr, desc="Indexing") as bar:

            def show(step: actions.Progress) -> None:
                bar.total = step.total
                bar.update(step.done - bar.n)

            return actions.rebuild(progress=show, restart=restart)
