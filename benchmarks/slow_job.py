"""A slow job that records each of its runs in a file."""

import time
from pathlib import Path


def slowly(trace: str, seconds: float) -> None:
    """Sleep, and append “begun” and “done” to the file; idempotent."""
    notes = Path(trace)
    if notes.exists() and "done\n" in notes.read_text():
        return
    with notes.open("a") as lines:
        lines.write("begun\n")
    time.sleep(seconds)
    with notes.open("a") as lines:
        lines.write("done\n")
