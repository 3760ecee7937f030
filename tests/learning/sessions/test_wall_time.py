"""Wall time, UTC and the names of time zones."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from learning.sessions.models import (
    is_repeated,
    is_skipped,
    to_utc,
    zone_choices,
    zone_name,
)
from learning.sessions.models.zones import validate_zone

VANCOUVER, TORONTO = "America/Vancouver", "America/Toronto"


@pytest.mark.parametrize(
    ("wall", "zone", "utc"),
    [
        # British Columbia stays on UTC-7 from March 2026.
        (dt.datetime(2025, 12, 9, 10), VANCOUVER, dt.datetime(2025, 12, 9, 18)),
        (dt.datetime(2026, 6, 9, 10), VANCOUVER, dt.datetime(2026, 6, 9, 17)),
        (dt.datetime(2026, 12, 8, 10), VANCOUVER, dt.datetime(2026, 12, 8, 17)),
        (dt.datetime(2026, 12, 8, 10), TORONTO, dt.datetime(2026, 12, 8, 15)),
        (
            dt.datetime(2026, 7, 7, 10),
            "America/Dawson_Creek",
            dt.datetime(2026, 7, 7, 17),
        ),
    ],
)
def test_wall_time_becomes_utc_by_the_rules_of_its_zone(
    wall: dt.datetime, zone: str, utc: dt.datetime
) -> None:
    assert to_utc(wall, zone) == utc.replace(tzinfo=dt.UTC)


def test_a_time_that_the_clocks_skip_moves_past_the_gap() -> None:
    wall = dt.datetime(2026, 3, 8, 2, 30)

    assert is_skipped(wall, TORONTO)
    assert not is_repeated(wall, TORONTO)
    assert to_utc(wall, TORONTO) == dt.datetime(2026, 3, 8, 7, 30, tzinfo=dt.UTC)


def test_of_a_time_that_comes_twice_the_first_counts() -> None:
    wall = dt.datetime(2026, 11, 1, 1, 30)

    assert is_repeated(wall, TORONTO)
    assert not is_skipped(wall, TORONTO)
    assert to_utc(wall, TORONTO) == dt.datetime(2026, 11, 1, 5, 30, tzinfo=dt.UTC)


def test_where_the_clocks_stay_no_time_is_skipped_or_repeated() -> None:
    wall = dt.datetime(2026, 11, 1, 1, 30)

    assert not is_repeated(wall, VANCOUVER)
    assert not is_skipped(wall, VANCOUVER)


@pytest.mark.parametrize(
    ("zone", "name"),
    [
        (VANCOUVER, "Pacific Time"),
        ("America/Dawson_Creek", "Mountain Time"),
        (TORONTO, "Eastern Time"),
        ("America/Whitehorse", "Whitehorse time"),
    ],
)
def test_a_zone_is_called_as_people_call_it(zone: str, name: str) -> None:
    assert zone_name(zone) == name


def test_the_name_of_a_zone_follows_the_language() -> None:
    with translation.override("fr-ca"):
        assert zone_name(VANCOUVER) == "heure du Pacifique"
    assert zone_name(VANCOUVER) == "Pacific Time"


def test_the_choices_are_the_zones_of_the_country_with_the_sites_first() -> None:
    zones = dict(zone_choices())

    assert next(iter(zones.items())) == (VANCOUVER, "Pacific Time, Vancouver")
    assert zones["America/Fort_Nelson"] == "Mountain Time, Fort Nelson"
    assert "Europe/Paris" not in zones


def test_a_zone_of_another_country_is_offered_where_it_is_in_use() -> None:
    assert dict(zone_choices("Europe/Paris"))["Europe/Paris"] == (
        "Central European Time, Paris"
    )


@pytest.mark.parametrize(
    "name", ["Pacific Time", "", "../etc/passwd", "America/Nowhere"]
)
def test_a_zone_that_does_not_exist_is_refused(name: str) -> None:
    with pytest.raises(ValidationError):
        validate_zone(name)
    assert name not in dict(zone_choices(name))
