"""Time of a rebuild of the index, and of Wagtail's update_index over the same pages."""

import argparse
import io
import time
from collections.abc import Callable
from typing import Any

from django.core.management import call_command

from search import actions, engines
from search.models import IndexState


def measure(_wanted: argparse.Namespace) -> list[dict[str, Any]]:
    """Return a row for each, and their ratio: by items, and by all rows that are searched."""
    ours = _timed(lambda: actions.rebuild(restart=True))
    size = engines.embedded().size(IndexState.objects.get().serving)
    theirs = _timed(lambda: call_command("update_index", stdout=io.StringIO()))
    rows = size.items + size.passages
    return [
        {"what": "search_rebuild", "items": size.items, "rows": rows, **ours},
        {"what": "update_index", **theirs},
        {
            "what": "ratio",
            "by_items": round(theirs["cpu_s"] / ours["cpu_s"], 2),
            "by_rows": round(theirs["cpu_s"] / ours["cpu_s"] * rows / size.items, 2),
        },
    ]


def _timed(do: Callable[[], Any]) -> dict[str, float]:
    do()  # a first run warms the process, like a worker that has run for days
    began, used = time.perf_counter(), time.process_time()
    do()
    return {
        "wall_s": round(time.perf_counter() - began, 2),
        "cpu_s": round(time.process_time() - used, 2),
    }
