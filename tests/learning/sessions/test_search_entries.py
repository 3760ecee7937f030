"""What search holds of a session, and what it offers where nothing is found."""

import datetime as dt
from typing import Any

import pytest
import time_machine

from learning.sessions.actions import cancel_occurrence
from learning.sessions.documents import offer_next_session
from learning.sessions.models import Series, Speaker
from search import registry
from search.actions import apply_changes
from search.models import IndexChange
from tests.factories import (
    ContributorFactory,
    OccurrenceFactory,
    SessionPageFactory,
    restrict_page,
)

pytestmark = pytest.mark.django_db

START = dt.datetime(2026, 12, 8, 18, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _november() -> Any:
    with time_machine.travel("2026-11-20 20:00Z", tick=False):
        yield


def entry_of(page: Any) -> Any:
    [entry] = registry.source_named("page").entries([page.pk])
    return entry


def test_it_holds_who_speaks_and_as_what() -> None:
    page = SessionPageFactory(speakers=[ContributorFactory(name="Ana")])
    Speaker.objects.filter(session=page).update(part="night worker", sort_order=0)
    Speaker.objects.create(
        session=page, contributor=ContributorFactory(name="Ben"), sort_order=1
    )
    first = entry_of(page).passages[0]

    assert (first.heading, first.text) == ("Who is speaking", "Ana, night worker; Ben")


def test_without_speakers_it_begins_with_its_text() -> None:
    headings = [each.heading for each in entry_of(SessionPageFactory()).passages]

    assert "Who is speaking" not in headings


def test_an_alias_is_found_by_the_places_of_its_source() -> None:
    page = SessionPageFactory(dates=())
    alias = page.create_alias(update_slug="as-well")
    date = OccurrenceFactory(session=page, starts_at=START, place="Rutland Hall")
    assert "Rutland Hall" in entry_of(alias).keywords

    apply_changes()
    date.place = "Kelowna"
    date.save()
    noted = IndexChange.objects.values_list("object_id", flat=True)
    assert {page.pk, alias.pk} <= set(noted)


def test_it_is_found_by_its_series_and_by_every_place() -> None:
    series = Series.objects.create(name="Second Tuesdays")
    page = SessionPageFactory(starts_at=START, series=series)
    for days, place in ((7, "Rutland Hall"), (14, "Kelowna")):
        OccurrenceFactory(
            session=page, starts_at=START + dt.timedelta(days=days), place=place
        )
    keywords = entry_of(page).keywords

    for word in ("Second Tuesdays", "Rutland Hall", "Kelowna"):
        assert word in keywords


def test_its_eyebrow_and_plate_name_the_day_with_its_year() -> None:
    entry = entry_of(SessionPageFactory(starts_at=START, format="dialogue"))

    assert entry.eyebrow == "Dialogue, 8 December 2026"
    assert tuple(entry.plate) == ("Tue", "8", "Dec 2026")


def test_without_a_date_it_has_no_plate_and_is_never_past() -> None:
    entry = entry_of(SessionPageFactory(dates=()))

    assert entry.eyebrow == "Learning session, 20 November 2026"
    assert not any(entry.plate)
    assert entry.past_after is None


def test_a_session_whose_dates_were_all_cancelled_is_past_after_the_listed_one() -> (
    None
):
    page = SessionPageFactory(starts_at=START)
    cancel_occurrence(occurrence=page.dates[0])

    assert entry_of(page).past_after == START + dt.timedelta(minutes=90)


@pytest.mark.parametrize("changed", ["series", "speaker", "name", "place"])
def test_search_learns_of_a_change_beside_the_page(
    changed: str, django_capture_on_commit_callbacks: Any
) -> None:
    series = Series.objects.create(name="Second Tuesdays")
    person = ContributorFactory(name="Ana")
    page = SessionPageFactory(starts_at=START, series=series, speakers=[person])
    rows = {
        "series": (series, "name"),
        "speaker": (Speaker.objects.get(session=page), "part"),
        "name": (person, "name"),
        "place": (page.occurrences.get(), "place"),
    }
    apply_changes()
    IndexChange.objects.all().delete()
    row, field = rows[changed]
    setattr(row, field, "Something else")
    with django_capture_on_commit_callbacks(execute=True):
        row.save()

    assert IndexChange.objects.filter(source="page", object_id=page.pk).exists()


def test_the_next_session_is_offered_with_its_day(visitor: Any) -> None:
    session = SessionPageFactory(title="Tea at night", starts_at=START)
    SessionPageFactory(starts_at=START + dt.timedelta(days=1))
    step = offer_next_session(visitor)

    assert step is not None
    assert (step.title, step.url, step.detail) == (
        "Tea at night",
        session.url,
        "Tuesday 8 December",
    )


@pytest.mark.parametrize(
    ("role", "offered"), [("visitor", False), ("stranger", False), ("member", True)]
)
def test_who_finds_nothing_is_led_to_the_next_session_that_they_may_see(
    role: str, offered: bool, request: Any, client_of: Any, working_group: Any
) -> None:
    session = SessionPageFactory(title="Tea at night", starts_at=START)
    restrict_page(session, working_group.group)
    client = client_of(request.getfixturevalue(role))
    html = client.get("/search/", {"q": "zzyzx unheard of"}).content.decode()

    assert ("Tea at night" in html) is offered
    assert ("Bring your question to the next session" in html) is offered
