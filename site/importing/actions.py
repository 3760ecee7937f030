"""Import a library."""

import time
from pathlib import Path

from .library import read_library
from .report import Report
from .tasks import Progress, Tasks
from .writing.writer import Writer


def silent(_stage: str, _done: int, _all: int) -> None:
    """Ignore progress."""


def import_library(
    *,
    directory: Path,
    source: str = "",
    dry_run: bool = False,
    overwrite: bool = False,
    progress: Progress = silent,
) -> Report:
    """Import a library, and change nothing that has not changed since the last import.

    Each item is created, updated, unchanged, or skipped with a reason. The import can be
    stopped and run again at any time; readers never see anything half-finished. Pages that
    somebody edited here are not changed unless `overwrite` is set. Raises LibraryError if
    there is nothing to read.
    """
    began = time.monotonic()
    report = Report(dry_run=dry_run)
    library = read_library(directory, source=source)
    tasks = Tasks(library, report, overwrite, progress)
    tasks.prepare()
    if not dry_run:
        Writer(tasks).write()
    report.seconds = time.monotonic() - began
    return report
