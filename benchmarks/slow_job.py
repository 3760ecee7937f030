"""A job that takes its time, and leaves a trace of each of its beginnings and ends."""

import time
from pathlib import Path


def slowly(trace: str, seconds: float) -> None:
    """Nothing happens twice: what is done already is not done again."""
    notes = Path(trace)
    if notes.exists() and "done\n" in notes.read_text():
        return
    with notes.open("a") as lines:
        lines.write("begun\n")
    time.sleep(seconds)
    with notes.open("a") as lines:
        lines.write("done\n")
