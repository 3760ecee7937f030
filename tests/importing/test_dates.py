"""The clock on the wall is what was meant."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from importing.dates import moment, occurrences

NEW_YORK = ZoneInfo("America/New_York")


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("2020-06-18 15:30:00 -0500", "2020-06-18T19:30:00+00:00"),
        ("2020-06-18 15:30:00 -0400", "2020-06-18T19:30:00+00:00"),
        ("2020-01-18 15:30:00 -0400", "2020-01-18T20:30:00+00:00"),
        ("2020-06-18 9:30:00 -0500", "2020-06-18T13:30:00+00:00"),
        ("2020-06-18T15:30:00", "2020-06-18T19:30:00+00:00"),
        ("2020-06-18", "2020-06-18T04:00:00+00:00"),
        ("2020-06-18T15:30:00Z", "2020-06-18T15:30:00+00:00"),
        ("2020-06-18 15:30:00 +0200", "2020-06-18T13:30:00+00:00"),
    ],
)
def test_an_offset_of_the_zone_is_not_believed(text: str, utc: str) -> None:
    found = moment(text, NEW_YORK)
    assert found is not None
    assert found.isoformat() == utc


@pytest.mark.parametrize(
    "text", ["", "soon", "2020-13-01", "2020-02-30 10:00:00", "20200101"]
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert moment(text, NEW_YORK) is None


def test_a_session_of_several_days_happens_each_day_by_the_clock() -> None:
    begin = moment("2020-10-31 11:00:00", NEW_YORK)
    end = moment("2020-11-01 14:00:00", NEW_YORK)
    assert begin is not None
    times = occurrences(begin, end, NEW_YORK)
    walls = [start.astimezone(NEW_YORK).hour for start, _ in times]
    assert walls == [11, 11]  # though the clocks were set back in that night
    assert times[1][0] - times[0][0] == dt.timedelta(hours=25)


def test_without_an_end_it_takes_an_hour() -> None:
    begin = dt.datetime(2020, 6, 1, 9, tzinfo=dt.UTC)
    assert occurrences(begin, begin, NEW_YORK) == [
        (begin, begin + dt.timedelta(hours=1))
    ]
