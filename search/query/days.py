"""Dates as people type them: a year, a month or a day."""

import datetime as dt
import re
from calendar import monthrange
from dataclasses import dataclass

_DAY = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")


@dataclass(frozen=True, slots=True)
class Day:
    """A year, a month or a day, from its first to its last day."""

    first: dt.date
    last: dt.date


def day(text: str) -> Day | None:
    """Parse `2026`, `2026-3` or `2026-03-15`; return None for anything else."""
    found = _DAY.fullmatch(text)
    if found is None:
        return None
    year, month, number = (int(part) if part else None for part in found.groups())
    try:
        first = dt.date(year or 0, month or 1, number or 1)
    except ValueError:
        return None
    if number:
        return Day(first, first)
    end = month or 12
    return Day(first, dt.date(first.year, end, monthrange(first.year, end)[1]))
