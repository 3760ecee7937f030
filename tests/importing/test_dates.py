"""The clock on the wall is what was meant."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from importing.dates import moment, wall_times

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


def wall(text: str) -> dt.datetime:
    found = moment(text, NEW_YORK)
    assert found is not None
    return found


def test_a_session_of_several_days_takes_place_each_day_at_the_same_hours() -> None:
    """Also over the night in which the clocks go back."""
    times = wall_times(
        wall("2020-10-31 11:00:00"), wall("2020-11-01 14:00:00"), NEW_YORK
    )

    assert times == [
        (dt.datetime(2020, 10, 31, 11), dt.datetime(2020, 10, 31, 14)),
        (dt.datetime(2020, 11, 1, 11), dt.datetime(2020, 11, 1, 14)),
    ]


def test_a_night_is_one_date() -> None:
    times = wall_times(
        wall("2020-06-01 22:00:00"), wall("2020-06-02 06:00:00"), NEW_YORK
    )

    assert times == [(dt.datetime(2020, 6, 1, 22), dt.datetime(2020, 6, 2, 6))]


def test_a_month_is_one_date() -> None:
    begin, end = wall("2020-06-01 09:00:00"), wall("2020-07-01 17:00:00")

    assert len(wall_times(begin, end, NEW_YORK)) == 1


@pytest.mark.parametrize("end", [None, "2020-06-01 09:00:00", "2020-05-01 09:00:00"])
def test_without_a_later_end_it_takes_an_hour(end: str | None) -> None:
    begin = wall("2020-06-01 09:00:00")

    assert wall_times(begin, wall(end) if end else None, NEW_YORK) == [
        (dt.datetime(2020, 6, 1, 9), dt.datetime(2020, 6, 1, 10))
    ]


def test_an_hour_that_comes_twice_still_ends_after_it_starts() -> None:
    """Half past one to half past one, by clocks that went back in between."""
    first = dt.datetime(2020, 11, 1, 5, 30, tzinfo=dt.UTC)
    second = dt.datetime(2020, 11, 1, 6, 30, tzinfo=dt.UTC)

    [(begin, end)] = wall_times(first, second, NEW_YORK)
    assert (begin.hour, end.hour) == (1, 2)
