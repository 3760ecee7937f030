"""Planning, changing, cancelling and reinstating a date."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from django.urls import reverse
from wagtail.models import PageLogEntry

from learning.sessions import actions
from learning.sessions.actions import (
    OccurrenceCancelledError,
    OccurrenceDetails,
    OccurrenceExistsError,
    cancel_occurrence,
    change_occurrence,
    plan_occurrence,
    reinstate_occurrence,
)
from learning.sessions.models import Occurrence, SessionPage
from search.models import IndexChange
from tests.factories import LearningIndexFactory, SessionPageFactory

pytestmark = pytest.mark.django_db

DETAILS = OccurrenceDetails(
    first_day=dt.date(2030, 12, 10), start_time=dt.time(10), end_time=dt.time(11, 15)
)
LATER = replace(DETAILS, first_day=dt.date(2031, 1, 14))


@pytest.fixture
def session() -> Any:
    return SessionPageFactory(dates=())


def current(session: SessionPage) -> SessionPage:
    return SessionPage.objects.get(pk=session.pk)


def history(session: SessionPage) -> list[str]:
    lines = PageLogEntry.objects.filter(page=session.pk).order_by("timestamp", "pk")
    found = [line.message for line in lines if line.action.startswith("learning_")]
    return [str(each).split(",")[0] for each in found]


def test_a_planned_date_is_the_next_one_of_its_page(
    session: Any, moderator: Any
) -> None:
    made = plan_occurrence(session=session, details=DETAILS, by=moderator)

    assert (made.status, made.zone) == ("planned", "America/Vancouver")
    assert made.last_day == made.first_day
    page = current(session)
    assert (page.next_starts_at, page.last_ends_at) == (made.starts_at, made.ends_at)
    assert page.dated == made.first_day
    assert history(session) == ["Added the date Tuesday 10 December 2030"]


def test_search_learns_of_a_new_date(session: Any) -> None:
    IndexChange.objects.all().delete()
    plan_occurrence(session=session, details=DETAILS)

    assert IndexChange.objects.filter(object_id=session.pk).exists()


def test_a_second_date_at_the_same_time_is_refused(session: Any) -> None:
    plan_occurrence(session=session, details=DETAILS)
    with pytest.raises(OccurrenceExistsError, match="already has a date"):
        plan_occurrence(session=session, details=replace(DETAILS, place="Kelowna"))

    assert session.occurrences.count() == 1


def test_a_date_of_a_published_session_is_moved(session: Any) -> None:
    date = plan_occurrence(session=session, details=DETAILS)
    changed = change_occurrence(occurrence=date, details=LATER)

    assert (changed.pk, changed.public_id) == (date.pk, date.public_id)
    assert (changed.status, changed.first_day) == ("moved", LATER.first_day)
    assert current(session).next_starts_at == changed.starts_at
    assert history(session)[-1] == "Changed a date to Tuesday 14 January 2031"


def test_another_room_or_another_end_moves_nothing(session: Any) -> None:
    date = plan_occurrence(session=session, details=DETAILS)
    details = replace(DETAILS, place="Kelowna", end_time=dt.time(12), capacity=12)
    changed = change_occurrence(occurrence=date, details=details)

    assert (changed.status, changed.place, changed.capacity) == (
        "planned",
        "Kelowna",
        12,
    )


def test_a_correction_and_a_change_of_a_draft_move_nothing(session: Any) -> None:
    date = plan_occurrence(session=session, details=DETAILS)
    corrected = change_occurrence(occurrence=date, details=LATER, correction=True)
    assert corrected.status == "planned"

    SessionPage.objects.filter(pk=session.pk).update(live=False)
    assert change_occurrence(occurrence=date, details=DETAILS).status == "planned"


def test_a_change_that_changes_nothing_writes_nothing(session: Any) -> None:
    date = plan_occurrence(session=session, details=DETAILS)
    before = history(session)
    change_occurrence(occurrence=date, details=DETAILS)

    assert history(session) == before


def test_a_date_cannot_be_moved_onto_another(session: Any) -> None:
    plan_occurrence(session=session, details=DETAILS)
    date = plan_occurrence(session=session, details=LATER)
    with pytest.raises(OccurrenceExistsError):
        change_occurrence(occurrence=date, details=DETAILS)

    date.refresh_from_db()
    assert (date.first_day, date.status) == (LATER.first_day, "planned")


def test_a_cancelled_date_stays_and_is_not_changed(session: Any) -> None:
    date = plan_occurrence(session=session, details=DETAILS)
    cancel_occurrence(occurrence=date)
    cancel_occurrence(occurrence=date)

    assert session.occurrences.get().status == "cancelled"
    assert current(session).next_starts_at is None
    assert history(session)[1:] == ["Cancelled the date Tuesday 10 December 2030"]
    with pytest.raises(OccurrenceCancelledError, match="Reinstate it"):
        change_occurrence(occurrence=date, details=LATER)


def test_a_cancelled_date_is_reinstated(session: Any) -> None:
    date = plan_occurrence(session=session, details=DETAILS)
    cancel_occurrence(occurrence=date)
    again = reinstate_occurrence(occurrence=date)

    assert (again.pk, again.status) == (date.pk, "planned")
    assert current(session).next_starts_at == date.starts_at
    assert reinstate_occurrence(occurrence=date).status == "planned"


def test_a_date_whose_time_was_taken_meanwhile_stays_cancelled(session: Any) -> None:
    date = plan_occurrence(session=session, details=DETAILS)
    cancel_occurrence(occurrence=date)
    plan_occurrence(session=session, details=DETAILS)
    with pytest.raises(OccurrenceExistsError):
        reinstate_occurrence(occurrence=date)

    assert sorted(each.status for each in session.dates) == ["cancelled", "planned"]


def test_an_action_reads_the_row_as_it_is_now(session: Any) -> None:
    """Two editors: the second one's copy is stale, and cancels nothing twice."""
    date = plan_occurrence(session=session, details=DETAILS)
    stale = Occurrence.objects.get(pk=date.pk)
    change_occurrence(occurrence=date, details=LATER)
    cancelled = cancel_occurrence(occurrence=stale)

    assert (cancelled.status, cancelled.first_day) == ("cancelled", LATER.first_day)


def test_draft_and_date_are_made_together_or_not_at_all(moderator: Any) -> None:
    learn = LearningIndexFactory()
    given = {"parent": learn, "title": "Tea", "session_format": "dialogue"}
    page = actions.start_session(**given, details=DETAILS, by=moderator)

    assert (page.live, page.format, page.owner) == (False, "dialogue", moderator)
    assert page.get_latest_revision().user == moderator
    assert [each.first_day for each in page.dates] == [DETAILS.first_day]

    wrong = replace(DETAILS, end_time=dt.time(9))
    learn.refresh_from_db()
    with pytest.raises(Exception, match="ends_after_start"):
        actions.start_session(**(given | {"title": "No"}), details=wrong, by=moderator)
    assert not SessionPage.objects.filter(title="No").exists()


def test_an_alias_has_the_dates_of_its_source(session: Any) -> None:
    plan_occurrence(session=session, details=DETAILS)
    alias = current(session).create_alias(update_slug="as-well")
    assert alias.specific.plate.figure == 10

    [date] = current(session).dates
    change_occurrence(occurrence=date, details=LATER)
    copy = SessionPage.objects.get(pk=alias.pk)
    assert [each.pk for each in copy.dates] == [date.pk]
    assert copy.plate.figure == 14
    assert copy.next_starts_at == current(session).next_starts_at


def test_an_alias_that_becomes_a_page_of_its_own_keeps_no_date(
    session: Any, moderator: Any, client_of: Any
) -> None:
    plan_occurrence(session=session, details=DETAILS)
    alias = current(session).create_alias(update_slug="as-well")
    url = reverse("wagtailadmin_pages:convert_alias", args=[alias.pk])
    assert client_of(moderator).post(url).status_code == 302

    own = SessionPage.objects.get(pk=alias.pk)
    assert own.alias_of_id is None
    assert own.dates == []
    assert own.listed_occurrence is None
    assert own.next_starts_at is own.last_ends_at is None
    assert own.plate is None
    assert len(current(session).dates) == 1
