"""A job that a test can stop in the middle."""

import time
from pathlib import Path

from django.db import transaction

from operations.models import WorkerBeat


def write_once(folder: str) -> None:
    """Notes that it began, waits to be let go, then does its work unless it is done."""
    place = Path(folder)
    with (place / "begun").open("a") as begun:
        begun.write("begun\n")
    while not (place / "go").exists():
        time.sleep(0.05)
    with transaction.atomic():
        _beat, made = WorkerBeat.objects.get_or_create(
            machine="job", defaults={"seen_at": "2026-11-23T09:00:00Z"}
        )
        if made:
            with (place / "done").open("a") as done:
                done.write("done\n")
