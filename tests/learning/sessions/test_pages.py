"""The page of a session over HTTP, as visitor, stranger, member and owner."""

import datetime as dt
from typing import Any

import pytest
import time_machine

from learning.sessions.actions import cancel_occurrence
from learning.sessions.models import Occurrence, Series, SessionPage
from tests.factories import (
    ContributorFactory,
    OccurrenceFactory,
    RecordingPageFactory,
    SessionPageFactory,
    restrict_page,
)

pytestmark = pytest.mark.django_db

START = dt.datetime(2026, 12, 8, 18, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _november() -> Any:
    with time_machine.travel("2026-11-20 20:00Z", tick=False):
        yield


@pytest.fixture
def session() -> Any:
    return SessionPageFactory(title="Tea at night", starts_at=START)


def words(client: Any, session: Any) -> str:
    return " ".join(client.get(session.url).content.decode().split())


def set_dates(session: Any, **values: Any) -> None:
    Occurrence.objects.filter(session=session.pk).update(**values)


def test_it_says_when_and_where_and_in_which_zone(client: Any, session: Any) -> None:
    html = words(client, session)

    assert "Tuesday 8 December 2026" in html
    assert "11:00 to 12:30 Pacific Time" in html
    assert "Online" in html
    assert "2026-12-08T" in html


def test_the_zone_is_that_of_the_date(client: Any, session: Any) -> None:
    OccurrenceFactory(
        session=session, starts_at=START, zone="America/Toronto", status="cancelled"
    )
    html = words(client, session)

    assert "13:00 to 14:30 Eastern Time" in html
    assert "11:00 to 12:30 Pacific Time" in html


@pytest.mark.parametrize(
    ("recorded", "said"),
    [
        ("yes", "With the consent of the speakers."),
        ("no", "What is said stays in the room."),
        ("undecided", "Recording not decided yet"),
    ],
)
def test_whether_it_is_recorded_is_said_only_once_decided(
    client: Any, session: Any, recorded: str, said: str
) -> None:
    sentences = {
        "With the consent of the speakers.",
        "What is said stays in the room.",
        "Recording not decided yet",
    }
    set_dates(session, recorded=recorded)
    html = words(client, session)

    assert {each for each in sentences if each in html} == {said}


def test_a_past_session_promises_no_decision(client: Any, session: Any) -> None:
    with time_machine.travel("2027-01-20 20:00Z", tick=False):
        html = words(client, session)

    assert "This session is over" in html
    assert "Recording not decided yet" not in html
    assert "Registration opens" not in html


def test_dates_that_differ_each_say_where_and_whether_they_are_recorded(
    client: Any, session: Any
) -> None:
    set_dates(session, recorded="yes")
    OccurrenceFactory(
        session=session,
        starts_at=START + dt.timedelta(days=7),
        online=False,
        place="Rutland Hall",
        recorded="no",
        note="Two steps up.",
    )
    html = words(client, session)

    for said in ("Online", "Rutland Hall", "Recorded", "Not recorded", "Two steps up."):
        assert said in html
    assert "What is said stays in the room." not in html


def test_cancelled_and_moved_dates_are_marked(client: Any, session: Any) -> None:
    set_dates(session, status="moved")
    assert "New time" in words(client, session)
    cancel_occurrence(occurrence=session.dates[0])
    html = words(client, session)
    assert "Cancelled" in html
    assert "New time" not in html


def test_it_shows_speakers_series_and_notes(client: Any) -> None:
    page = SessionPageFactory(
        starts_at=START,
        speakers=[ContributorFactory(name="A night worker")],
        series=Series.objects.create(name="Monthly sessions", about="Second Tuesdays."),
        care_note="We talk about overdose.",
        access_note="Live captions.",
        registration_url="https://example.org/register",
    )
    html = words(client, page)

    for said in (
        "A night worker",
        "Monthly sessions",
        "Second Tuesdays.",
        "We talk about overdose.",
        "Live captions.",
        "https://example.org/register",
    ):
        assert said in html


def test_it_leads_to_the_recordings_that_the_viewer_may_see(
    client: Any, client_of: Any, member: Any, working_group: Any, session: Any
) -> None:
    RecordingPageFactory(title="For everybody", session=session)
    private = RecordingPageFactory(title="For the group", session=session)
    restrict_page(private, working_group.group)

    assert "For everybody" in words(client, session)
    assert "For the group" not in words(client, session)
    assert "For the group" in words(client_of(member), session)


@pytest.mark.parametrize(
    ("role", "status"),
    [("visitor", 404), ("stranger", 404), ("member", 200), ("owner", 200)],
)
def test_a_session_of_a_group_is_found_by_its_members(
    request: Any,
    client_of: Any,
    role: str,
    status: int,
    session: Any,
    working_group: Any,
) -> None:
    restrict_page(session, working_group.group)
    client = client_of(request.getfixturevalue(role))

    assert client.get(session.url).status_code == status


def test_a_session_without_a_date_still_opens(client: Any) -> None:
    page = SessionPageFactory(dates=())

    assert client.get(page.url).status_code == 200
    assert (page.plate, page.facts, page.dates) == (None, [], [])
    assert page.dated == dt.date(2026, 11, 20)


def test_a_session_costs_the_same_with_one_date_and_with_thirty(
    client: Any, session: Any, count_queries: Any
) -> None:
    def cost() -> int:
        client.get(session.url)
        with count_queries() as asked:
            client.get(session.url)
        return len(asked)

    one = cost()
    for number in range(1, 30):
        OccurrenceFactory(
            session=session, starts_at=START + dt.timedelta(days=7 * number)
        )
    assert cost() == one


def test_querysets_see_what_the_viewer_sees(
    session: Any, working_group: Any, member: Any, visitor: Any
) -> None:
    private = SessionPageFactory(starts_at=START + dt.timedelta(days=1))
    restrict_page(private, working_group.group)
    coming = SessionPage.objects.coming()

    assert list(coming.visible_to(visitor)) == [session]
    assert list(coming.visible_to(member)) == [session, private]
