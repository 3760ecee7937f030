"""Sessions with several dates: before the first, between them, after the last."""

import datetime as dt
from typing import Any

import pytest
import time_machine

from learning.sessions.actions import cancel_occurrence, roll_forward
from learning.sessions.home_panels import coming_sessions, count_this_year
from learning.sessions.models import SessionPage
from operations.registry import schedules
from search.actions import apply_changes
from search.models import IndexChange, IndexedItem
from tests.factories import HomePageFactory, LearningIndexFactory, OccurrenceFactory
from tests.factories import SessionPageFactory as Session

pytestmark = pytest.mark.django_db

FIRST = dt.datetime(2026, 6, 2, 17, tzinfo=dt.UTC)  # 10:00 Pacific Time
SECOND = dt.datetime(2026, 6, 16, 17, tzinfo=dt.UTC)
BEFORE, BETWEEN, AFTER = "2026-05-20 18:00Z", "2026-06-09 18:00Z", "2026-06-20 18:00Z"


@pytest.fixture
def learn() -> Any:
    with time_machine.travel(BEFORE, tick=False):
        return LearningIndexFactory(parent=HomePageFactory(), slug="learn")


@pytest.fixture
def twice(learn: Any) -> SessionPage:
    """Make a session that takes place on 2 and 16 June, for ninety minutes each."""
    with time_machine.travel(BEFORE, tick=False):
        return Session(parent=learn, title="Twice", dates=(FIRST, SECOND), revised=True)


def at(moment: str) -> Any:
    return time_machine.travel(moment, tick=False)


def current(page: SessionPage) -> SessionPage:
    return SessionPage.objects.get(pk=page.pk)


@pytest.mark.parametrize(
    ("moment", "day", "past"),
    [(BEFORE, 2, False), (BETWEEN, 16, False), (AFTER, 16, True)],
)
def test_the_plate_shows_the_next_date_and_then_the_last(
    twice: SessionPage, moment: str, day: int, past: bool
) -> None:
    with at(moment):
        roll_forward()
        plate = current(twice).plate
        assert (plate.figure, plate.past) == (day, past)


@pytest.mark.parametrize(
    ("moment", "coming"), [(BEFORE, True), (BETWEEN, True), (AFTER, False)]
)
def test_it_is_coming_until_its_last_date_is_over(
    twice: SessionPage, moment: str, coming: bool
) -> None:
    with at(moment):
        assert SessionPage.objects.coming().filter(pk=twice.pk).exists() is coming
        assert SessionPage.objects.past().filter(pk=twice.pk).exists() is not coming
        assert current(twice).past is not coming


@pytest.mark.parametrize("rolled", [True, False])
def test_between_its_dates_no_list_calls_it_past(
    twice: SessionPage, client: Any, rolled: bool
) -> None:
    """Whether the job has run already or not."""
    with at(BETWEEN):
        if rolled:
            roll_forward()
        html = client.get(twice.url).content.decode()
        assert "This session is over" not in html
        assert not current(twice).plate.past


def test_the_listing_finds_it_by_its_next_date(
    twice: SessionPage, learn: Any, client: Any
) -> None:
    for moment, coming in ((BEFORE, 1), (BETWEEN, 1), (AFTER, 0)):
        with at(moment):
            roll_forward()
            found = client.get(learn.url, {"when": "coming"}).context["count"]
            past = client.get(learn.url, {"when": "past"}).context["count"]
            assert (found, past) == (coming, 1 - coming), moment


def test_the_listing_is_in_order_of_the_next_date(
    twice: SessionPage, learn: Any, client: Any
) -> None:
    with at(BEFORE):
        Session(parent=learn, title="Once", starts_at=SECOND - dt.timedelta(days=3))

    def titles(moment: str) -> list[str]:
        with at(moment):
            roll_forward()
            return [row.title for row in client.get(learn.url).context["rows"]]

    assert titles(BEFORE) == ["Twice", "Once"]
    assert titles(BETWEEN) == ["Once", "Twice"]


def test_the_home_page_names_the_session_that_comes_next(
    twice: SessionPage, learn: Any, visitor: Any
) -> None:
    with at(BEFORE):
        Session(parent=learn, title="Once", starts_at=SECOND - dt.timedelta(days=3))
    for moment, titles in (
        (BEFORE, ["Twice", "Once"]),
        (BETWEEN, ["Once", "Twice"]),
        (AFTER, []),
    ):
        with at(moment):
            roll_forward()
            assert [each.title for each in coming_sessions(visitor)] == titles, moment


def test_search_shows_the_next_date_and_calls_it_past_after_the_last(
    twice: SessionPage,
) -> None:
    with at(BETWEEN):
        roll_forward()
        apply_changes()
        item = IndexedItem.objects.get(source="page", object_id=twice.pk)
        assert item.plate[1] == "16"
        assert item.past_after == SECOND + dt.timedelta(minutes=90)
        assert item.date == dt.date(2026, 6, 16)


def test_rolling_forward_tells_search_once(twice: SessionPage) -> None:
    with at(BETWEEN):
        IndexChange.objects.all().delete()
        assert roll_forward() == 1
        assert set(IndexChange.objects.values_list("object_id", flat=True)) == {
            twice.pk
        }
        IndexChange.objects.all().delete()
        assert roll_forward() == 0
        assert not IndexChange.objects.exists()


def test_rolling_forward_is_bounded_and_the_next_run_takes_the_rest(learn: Any) -> None:
    with at(BEFORE):
        for _each in range(3):
            Session(parent=learn, dates=(FIRST, SECOND))
    with at(BETWEEN):
        assert [roll_forward(limit=2) for _run in range(3)] == [2, 1, 0]


def test_rolling_forward_is_scheduled() -> None:
    jobs = {each.job: each.minutes for each in schedules()}
    assert jobs["learning.sessions.jobs.roll_forward"] <= 10


def test_a_cancelled_date_is_not_the_next_one(twice: SessionPage, visitor: Any) -> None:
    with at(BEFORE):
        cancel_occurrence(occurrence=twice.dates[0])
        page = current(twice)
        assert page.next_starts_at == SECOND
        assert page.plate.figure == 16
        [listed] = coming_sessions(visitor)
        assert listed.next_starts_at == SECOND


def test_a_session_without_a_date_left_is_shown_as_cancelled_and_never_next(
    twice: SessionPage, visitor: Any, client: Any, learn: Any
) -> None:
    with at(BEFORE):
        for each in twice.dates:
            cancel_occurrence(occurrence=each)
        page = current(twice)
        assert coming_sessions(visitor) == []
        assert (page.next_starts_at, page.last_ends_at) == (None, None)
        assert "Cancelled" in [str(fact.text) for fact in page.facts]
        assert "Cancelled" in client.get(learn.url).content.decode()
        assert not page.past
    with at(AFTER):
        assert current(twice).past


def test_a_date_over_several_days_is_listed_under_the_day_that_it_is(
    learn: Any, client: Any
) -> None:
    with at(BEFORE):
        page = Session(parent=learn, dates=())
        OccurrenceFactory(
            session=page,
            first_day=dt.date(2026, 6, 8),
            last_day=dt.date(2026, 6, 10),
        )
    with at(BETWEEN):
        assert roll_forward() == 1
        assert current(page).dated == dt.date(2026, 6, 9)
        assert current(page).plate.figure == 8
        assert client.get(learn.url, {"when": "coming"}).context["count"] == 1
        assert roll_forward() == 0
    with at(AFTER):
        roll_forward()
        assert current(page).dated == dt.date(2026, 6, 8)


def test_a_date_that_is_on_now_is_still_the_next_one(learn: Any) -> None:
    with at(BEFORE):
        page = Session(parent=learn, dates=(FIRST, SECOND))
    with at("2026-06-02 18:00Z"):
        roll_forward()
        assert current(page).next_starts_at == FIRST
    with at("2026-06-02 18:30Z"):
        roll_forward()
        assert current(page).next_starts_at == SECOND


def test_the_figure_of_the_year_counts_sessions_held_in_it(
    twice: SessionPage, learn: Any, visitor: Any
) -> None:
    next_year = FIRST + dt.timedelta(days=300)
    with at(BEFORE):
        Session(parent=learn, dates=(next_year,))
        across = Session(parent=learn, dates=(FIRST, next_year))
        assert count_this_year(visitor) == 2
        cancel_occurrence(occurrence=across.dates[0])
        assert count_this_year(visitor) == 1


def test_coming_sessions_and_their_facts_cost_one_query(
    twice: SessionPage, visitor: Any, count_queries: Any
) -> None:
    with at(BEFORE):
        coming_sessions(visitor)
        with count_queries() as asked:
            facts = [str(each.facts[0].text) for each in coming_sessions(visitor)]
    assert "10:00 to 11:30 Pacific Time" in facts[0]
    assert len(asked) == 1, asked.captured_queries
