"""Measure the relevance of search on a test collection."""

import json
import signal
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext_lazy as _

from search import evaluation
from search.engines.remote import ENGINE_ERRORS


class Command(BaseCommand):
    """Report nDCG, recall and response times of a BEIR collection on the configured engine."""

    help = str(
        _(
            "Measure the relevance of search on a test collection in the layout of BEIR: "
            "corpus.jsonl, queries.jsonl and qrels.tsv. The collection is indexed apart "
            "from the site and removed afterwards."
        )
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("directory", type=Path, help="directory of the three files")
        parser.add_argument(
            "--json",
            action="store_true",
            help="print one JSON object on standard output",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            collection = evaluation.read(options["directory"])
        except evaluation.CollectionError as error:
            raise CommandError(str(error)) from error
        try:
            with _ended_in_order():
                report = evaluation.measure(collection).as_json()
        except ENGINE_ERRORS as error:
            raise CommandError(f"The search engine is unavailable: {error}") from error
        self.stdout.write(json.dumps(report) if options["json"] else _table(report))


def _table(report: dict[str, str | int | float]) -> str:
    widths = [max(len(name), len(str(value))) for name, value in report.items()]
    lines = (report.keys(), map(str, report.values()))
    return "\n".join(
        "  ".join(word.rjust(width) for word, width in zip(line, widths, strict=True))
        for line in lines
    )


@contextmanager
def _ended_in_order() -> Iterator[None]:
    """Exit normally on SIGTERM, so that the scratch generation is dropped."""
    before = signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
