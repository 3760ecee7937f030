"""Dates of sessions in a library that is imported again."""

import copy
import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from importing.report import Report
from learning.sessions.actions import (
    OccurrenceDetails,
    cancel_occurrence,
    change_occurrence,
    plan_occurrence,
)
from learning.sessions.models import Occurrence, SessionPage
from tests.factories import HomePageFactory

from .conftest import ITEMS

pytestmark = pytest.mark.django_db

TEA = "events/2020/06/tea"


@pytest.fixture(autouse=True)
def _home(db: None) -> None:
    HomePageFactory(title="Home")


def library(**values: Any) -> list[dict[str, Any]]:
    [tea] = [item for item in copy.deepcopy(ITEMS) if item["id"] == TEA]
    return [tea | values]


def days(begin: int, end: int) -> dict[str, str]:
    """Return the fields of a session from one day of June to another."""
    return {
        "date": f"2020-06-{begin} 15:30:00 -0500",
        "end_date": f"2020-06-{end} 16:30:00 -0500",
    }


def rows() -> list[tuple[int, int, str]]:
    found = Occurrence.objects.values_list("pk", "first_day__day", "status")
    return list(found.order_by("starts_at", "pk"))


def notes(report: Report) -> str:
    return " ".join(str(each.reason) for each in report.notes if each.id == TEA)


def test_a_changed_text_leaves_the_dates_alone(bring: Callable[..., Report]) -> None:
    bring(library(**days(18, 19)))
    before = rows()
    assert [row[1:] for row in before] == [(18, "planned"), (19, "planned")]
    assert bring(library(title="Other", **days(18, 19))).updated == 1

    assert rows() == before


def test_a_date_that_the_library_moved_is_moved_here(
    bring: Callable[..., Report],
) -> None:
    bring(library(**days(18, 19)))
    before = rows()
    bring(library(**days(19, 20)))

    assert {row[0] for row in rows()} == {row[0] for row in before}
    assert [row[1] for row in rows()] == [19, 20]
    session = SessionPage.objects.get()
    assert session.last_ends_at == max(each.ends_at for each in session.dates)


def test_a_date_more_is_added_and_a_date_less_stays(
    bring: Callable[..., Report],
) -> None:
    bring(library(**days(18, 18)))
    bring(library(**days(18, 20)))
    assert [row[1] for row in rows()] == [18, 19, 20]
    bring(library(**days(20, 20)))

    assert [row[1] for row in rows()] == [18, 19, 20]


@pytest.mark.parametrize("overwrite", [False, True])
def test_a_cancelled_date_stays_cancelled(
    bring: Callable[..., Report], overwrite: bool
) -> None:
    """Whether the library has it still, or moved it."""
    bring(library(**days(18, 18)))
    cancel_occurrence(occurrence=Occurrence.objects.get())
    for items in (library(title="Other", **days(18, 18)), library(**days(25, 25))):
        report = bring(items, overwrite=overwrite)
        assert [row[1:] for row in rows()] == [(18, "cancelled")]
        assert "Its date of 2020-06-18 was changed here since" in notes(report)


def test_a_date_that_was_changed_here_is_left_alone_unless_overwritten(
    bring: Callable[..., Report],
) -> None:
    bring(library(**days(18, 18)))
    date = Occurrence.objects.get()
    details = OccurrenceDetails.of(date).values() | {"place": "Kelowna"}
    change_occurrence(occurrence=date, details=OccurrenceDetails(**details))
    report = bring(library(**days(25, 25)))
    assert [row[1] for row in rows()] == [18]
    assert "stays as it is" in notes(report)
    bring(library(title="Other", **days(25, 25)), overwrite=True)

    assert [row[:2] for row in rows()] == [(date.pk, 25)]


def test_a_date_that_somebody_planned_here_before_is_not_doubled(
    bring: Callable[..., Report],
) -> None:
    bring(library(date=""))
    session = SessionPage.objects.get()
    assert rows() == []
    plan_occurrence(session=session, details=eighteenth())
    before = rows()
    bring(library(**days(18, 18)))

    assert rows() == before


def eighteenth() -> OccurrenceDetails:
    """Return the date of 18 June as the library has it."""
    return OccurrenceDetails(
        first_day=dt.date(2020, 6, 18),
        start_time=dt.time(15, 30),
        end_time=dt.time(16, 30),
        zone="America/New_York",
    )


def test_seats_and_note_that_an_editor_gave_survive(
    bring: Callable[..., Report],
) -> None:
    bring(library(**days(18, 18)))
    Occurrence.objects.update(capacity=12, note="Two steps up.")
    bring(library(**days(25, 25)))

    date = Occurrence.objects.get()
    assert (date.first_day.day, date.capacity, date.note) == (25, 12, "Two steps up.")


def test_whether_it_was_recorded_is_yes_with_a_video_and_else_undecided(
    bring: Callable[..., Report],
) -> None:
    bring(library(**days(18, 18)))
    assert Occurrence.objects.get().recorded == "yes"
    bring(library(youtube_ids=[], venue={"city": "Kelowna"}, **days(18, 18)))

    date = Occurrence.objects.get()
    assert (date.recorded, date.online, date.place) == ("undecided", False, "Kelowna")
