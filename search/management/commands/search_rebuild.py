"""Index everything anew."""

import json
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext_lazy as _
from tqdm import tqdm

from search import actions, engines


class Command(BaseCommand):
    """Empty the index and fill it from the database; stopped, the worker goes on."""

    help = str(_("Index everything anew. Stopped in the middle, the worker goes on."))

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--json",
            action="store_true",
            help="print one JSON object on standard output",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        began = time.monotonic()
        with tqdm(unit=" items", file=self.stderr, desc="Indexing") as bar:

            def show(count: int) -> None:
                bar.update(count - bar.n)

            done = actions.rebuild(progress=show)
        seconds = time.monotonic() - began
        size = engines.current().size()
        report = {
            "engine": engines.current().name,
            "items": size.items,
            "passages": size.passages,
            "failed": done.failed,
            "seconds": round(seconds, 2),
        }
        if options["json"]:
            self.stdout.write(json.dumps(report))
        else:
            self.stdout.write(
                "{items} items in {passages} passages, {failed} failed, "
                "{seconds} seconds ({engine})".format(**report)
            )
