"""The row of a date: what it says, and what the database refuses."""

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from learning.sessions.models import Occurrence
from tests.factories import OccurrenceFactory, SessionPageFactory

pytestmark = pytest.mark.django_db

DAY = dt.date(2026, 12, 8)
TEN, ELEVEN = dt.time(10), dt.time(11, 15)


@pytest.fixture
def session() -> Any:
    return SessionPageFactory(dates=())


def occurrence(session: Any, **fields: Any) -> Occurrence:
    given = {
        "first_day": DAY,
        "last_day": DAY,
        "start_time": TEN,
        "end_time": ELEVEN,
        "zone": "America/Vancouver",
    }
    return Occurrence.objects.create(session=session, **(given | fields))


def test_utc_is_computed_from_wall_time_and_zone(session: Any) -> None:
    made = occurrence(session)
    assert made.starts_at.isoformat() == "2026-12-08T17:00:00+00:00"
    assert made.ends_at.isoformat() == "2026-12-08T18:15:00+00:00"

    made.zone = "America/Toronto"
    made.save()
    made.refresh_from_db()
    assert made.starts_at.isoformat() == "2026-12-08T15:00:00+00:00"


def test_an_all_day_date_ends_at_the_midnight_after_its_last_day(session: Any) -> None:
    made = occurrence(
        session, start_time=None, end_time=None, last_day=dt.date(2026, 12, 9)
    )

    assert made.all_day
    assert made.ends_at - made.starts_at == dt.timedelta(days=2)
    assert made.days == "Tuesday 8 December 2026 to Wednesday 9 December 2026"
    assert made.hours == "all day"


@pytest.mark.parametrize(
    ("fields", "hours"),
    [
        ({}, "10:00 to 11:15 Pacific Time"),
        ({"zone": "America/Fort_Nelson"}, "10:00 to 11:15 Mountain Time"),
        (
            {"start_time": dt.time(22), "last_day": dt.date(2026, 12, 9)},
            "22:00 to 11:15 on 9 December Pacific Time",
        ),
    ],
)
def test_the_hours_name_the_zone(session: Any, fields: dict, hours: str) -> None:
    assert occurrence(session, **fields).hours == hours


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({}, "Online"),
        ({"online": False, "place": "Kelowna"}, "Kelowna"),
        ({"place": "Kelowna"}, "Online and Kelowna"),
    ],
)
def test_it_is_online_somewhere_or_both(session: Any, fields: dict, where: str) -> None:
    assert occurrence(session, **fields).where == where


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("ends_after_start", {"end_time": dt.time(9)}),
        ("ends_after_start", {"end_time": TEN}),
        ("both_times_or_none", {"start_time": None}),
        ("somewhere", {"online": False}),
        ("seats", {"capacity": 0}),
        ("status", {"status": "perhaps"}),
        ("recorded", {"recorded": "maybe"}),
    ],
)
def test_the_database_refuses_a_date_that_makes_no_sense(
    session: Any, constraint: str, fields: dict
) -> None:
    with (
        pytest.raises(IntegrityError, match=f"learning_occurrence_{constraint}"),
        transaction.atomic(),
    ):
        occurrence(session, **fields)


def test_the_database_refuses_a_second_date_at_the_same_time(session: Any) -> None:
    occurrence(session)
    with pytest.raises(IntegrityError), transaction.atomic():
        occurrence(
            session,
            zone="America/Toronto",
            start_time=dt.time(12),
            end_time=dt.time(13),
        )


def test_a_cancelled_date_leaves_its_time_to_another(session: Any) -> None:
    occurrence(session, status="cancelled")
    occurrence(session)

    assert session.occurrences.count() == 2


def test_two_sessions_may_start_at_the_same_time(session: Any) -> None:
    occurrence(session)
    occurrence(SessionPageFactory(dates=()))


def test_ids_in_urls_tell_nothing_of_each_other(session: Any) -> None:
    ids = {
        OccurrenceFactory(
            session=session,
            first_day=DAY + dt.timedelta(days=n),
            last_day=DAY + dt.timedelta(days=n),
            start_time=TEN,
            end_time=ELEVEN,
        ).public_id
        for n in range(5)
    }

    assert len(ids) == 5
    assert {len(each) for each in ids} == {12}
