"""Import a library."""

import time
from pathlib import Path

from .library import read_library
from .report import Report
from .tasks import Progress, Tasks
from .writing.writer import Writer


def silent(_stage: str, _done: int, _all: int) -> None:
    """No progress is shown."""


def import_library(
    *,
    directory: Path,
    source: str = "",
    dry_run: bool = False,
    overwrite: bool = False,
    progress: Progress = silent,
) -> Report:
    """Bring a library in; what is here already and has not changed stays untouched.

    Every item is created, updated, unchanged or skipped with a reason. It can be stopped
    and run again at any time; readers never see anything half-made. Pages that somebody
    edited here are left alone unless `overwrite`. Raises LibraryError if there is nothing
    to read.
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
