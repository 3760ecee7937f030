"""Reading the dates of a library: the local time is what was meant."""

import datetime as dt
import re
from zoneinfo import ZoneInfo

_WHEN = re.compile(
    r"^(\d{4})-(\d\d)-(\d\d)(?:[ T](\d{1,2}):(\d\d)(?::(\d\d))?(?:\.\d+)?)?"
    r"\s*(Z|[+-]\d\d:?\d\d)?$"
)


_ONE_HOUR = dt.timedelta(hours=1)
# Days over which a session may repeat; a longer span is one long date.
_LONGEST = 14


def moment(text: str, zone: ZoneInfo) -> dt.datetime | None:
    """Return the UTC time of a date written by somebody in the zone; None if unreadable.

    Many people write the zone's winter offset all year. So an offset that the zone has at
    any time of that year is ignored, and the wall time counts. An offset that the zone
    never has was written on purpose, and is applied.
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


def wall_times(
    begin: dt.datetime, end: dt.datetime | None, zone: ZoneInfo
) -> list[tuple[dt.datetime, dt.datetime]]:
    """Return the start and end of each date of a session, as naive wall times in the zone.

    A session over several days takes place each day at the same hours. Without an end, or
    with one that is not later, it takes an hour.
    """
    first = _wall(begin, zone)
    last = _wall(end, zone) if end else first
    if last <= first:
        return [(first, first + _ONE_HOUR)]
    days = (last.date() - first.date()).days
    if not 0 < days <= _LONGEST or last.time() <= first.time():
        return [(first, last)]
    dates = [first.date() + dt.timedelta(days=number) for number in range(days + 1)]
    combine = dt.datetime.combine
    return [(combine(day, first.time()), combine(day, last.time())) for day in dates]


def _wall(moment: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    return moment.astimezone(zone).replace(tzinfo=None, fold=0)
