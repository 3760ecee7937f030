"""Conversion of wall time to UTC.

Every UTC time of an occurrence is computed here, from its wall time and zone.
"""

import datetime as dt
from zoneinfo import ZoneInfo


def to_utc(wall: dt.datetime, zone: str) -> dt.datetime:
    """Return the UTC time at which clocks in the zone show a naive wall time.

    A wall time that the clocks skip is moved forward by the length of the gap. Of a wall
    time that they show twice, the first one counts.
    """
    return wall.replace(tzinfo=ZoneInfo(zone), fold=0).astimezone(dt.UTC)


def is_skipped(wall: dt.datetime, zone: str) -> bool:
    """Tell whether the clocks jump over this wall time when they go forward."""
    shown = to_utc(wall, zone).astimezone(ZoneInfo(zone))
    return shown.replace(tzinfo=None) != wall


def is_repeated(wall: dt.datetime, zone: str) -> bool:
    """Tell whether the clocks show this wall time twice when they go back."""
    first, second = (wall.replace(tzinfo=ZoneInfo(zone), fold=fold) for fold in (0, 1))
    return first.utcoffset() != second.utcoffset() and not is_skipped(wall, zone)
