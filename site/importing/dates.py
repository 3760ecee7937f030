"""Dates of a library: the local time is what was meant."""

import datetime as dt
import re
from zoneinfo import ZoneInfo

_WHEN = re.compile(
    r"^(\d{4})-(\d\d)-(\d\d)(?:[ T](\d{1,2}):(\d\d)(?::(\d\d))?(?:\.\d+)?)?"
    r"\s*(Z|[+-]\d\d:?\d\d)?$"
)


def moment(text: str, zone: ZoneInfo) -> dt.datetime | None:
    """A moment written by somebody who lives in the zone; None if it cannot be read.

    Many write the zone's winter offset all year. So an offset that the zone has at any
    time of the year is not believed, and the clock on the wall counts; an offset that the
    zone never has was written on purpose, and counts itself.
    """
    if not (found := _WHEN.match(text.strip())):
        return None
    year, month, day, hour, minute, second, offset = found.groups()
    try:
        wall = dt.datetime(
            int(year), int(month), int(day), int(hour or 0), int(minute or 0),
            int(second or 0), tzinfo=zone,
        )  # fmt: skip
    except ValueError:
        return None
    written = _offset(offset)
    if written is None or written in _offsets(int(year), zone):
        return wall.astimezone(dt.UTC)
    return wall.replace(tzinfo=dt.timezone(written)).astimezone(dt.UTC)


def _offset(text: str | None) -> dt.timedelta | None:
    if text is None:
        return None
    if text == "Z":
        return dt.timedelta(0)
    digits = text.replace(":", "")
    size = dt.timedelta(hours=int(digits[1:3]), minutes=int(digits[3:5]))
    return -size if digits[0] == "-" else size


def _offsets(year: int, zone: ZoneInfo) -> set[dt.timedelta | None]:
    return {dt.datetime(year, month, 1, tzinfo=zone).utcoffset() for month in (1, 7)}


def occurrences(
    begin: dt.datetime, end: dt.datetime | None, zone: ZoneInfo
) -> list[tuple[dt.datetime, dt.datetime]]:
    """The times at which a session happens: over several days, each day by the clock.

    Without an end, or with one that is not later, it takes an hour.
    """
    if end is None or end <= begin:
        return [(begin, begin + dt.timedelta(hours=1))]
    first, last = begin.astimezone(zone), end.astimezone(zone)
    days = (last.date() - first.date()).days
    if not 0 < days <= 14 or last.time() <= first.time():  # noqa: PLR2004
        return [(begin, end)]
    found = []
    for number in range(days + 1):
        day = first.date() + dt.timedelta(days=number)
        found.append(tuple(
            dt.datetime.combine(day, clock.time(), zone).astimezone(dt.UTC)
            for clock in (first, last)
        ))  # fmt: skip
    return [(each[0], each[1]) for each in found]
