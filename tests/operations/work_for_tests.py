"""A job that a test can interrupt."""

import time
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from operations.models import WorkerHeartbeat


def write_once(folder: str) -> None:
    """Write that it has begun, wait for the file `go`, then write `done`, but only once."""
    place = Path(folder)
    with (place / "begun").open("a") as begun:
        begun.write("begun\n")
    while not (place / "go").exists():
        time.sleep(0.05)
    with transaction.atomic():
        _row, created = WorkerHeartbeat.objects.get_or_create(
            queue="bulk", machine=folder, defaults={"seen_at": timezone.now()}
        )
        if created:
            with (place / "done").open("a") as done:
                done.write("done\n")
