"""The filters of Learn, which holds sessions and recordings, and what it says when empty."""

import datetime as dt
from typing import Any

import pytest
import time_machine

from learning.catalogue.models import LearningIndex
from learning.recordings.models import RecordingPage
from learning.sessions.models import SessionPage
from people.actions import leave_working_group
from tests.factories import (
    AudienceFactory,
    HomePageFactory,
    LearningIndexFactory,
    LibraryIndexFactory,
    RecordingPageFactory,
    SessionPageFactory,
    TopicFactory,
    restrict_page,
)

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 5, 4, 19, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _noon() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def learn() -> Any:
    return LearningIndexFactory(parent=HomePageFactory(), title="Learn", slug="learn")


def session(learn: Any, title: str, *days: int, **more: Any) -> Any:
    dates = [NOW + dt.timedelta(days=each) for each in days]
    return SessionPageFactory(parent=learn, title=title, dates=dates, **more)


def titles(client: Any, learn: Any, **query: str) -> list[str]:
    return [row.title for row in client.get(learn.url, query).context["rows"]]


def options(client: Any, learn: Any) -> dict[str, list[str]]:
    found = client.get(learn.url).context["listing"].facets
    return {each.name: [option.value for option in each.options] for each in found}


def words(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def test_a_session_between_its_dates_is_still_coming(client: Any, learn: Any) -> None:
    session(learn, "Twice", -7, 7)
    session(learn, "Over", -7, -1)

    assert titles(client, learn, when="coming") == ["Twice"]
    assert titles(client, learn, when="past") == ["Over"]


def test_filters_combine(client: Any, learn: Any) -> None:
    night, nights = TopicFactory(name="Night"), AudienceFactory(name="Night staff")
    marks: dict[str, Any] = {"topics": [night], "audiences": [nights]}
    session(learn, "Tea", 1, **marks)
    session(learn, "Other", 2)
    RecordingPageFactory(parent=learn, title="Tea, recorded", **marks)

    assert titles(client, learn, topic=night.slug) == ["Tea", "Tea, recorded"]
    assert titles(client, learn, audience=nights.slug, kind="session") == ["Tea"]
    assert titles(client, learn, topic=night.slug, when="past") == ["Tea, recorded"]


def test_years_are_those_of_listed_dates(client: Any, learn: Any) -> None:
    session(learn, "Over the new year", -1, 300)
    session(learn, "Long ago", -800)
    assert options(client, learn)["year"] == ["2027", "2024"]
    assert titles(client, learn, year="2027") == ["Over the new year"]


def test_learn_offers_its_own_two_kinds(client: Any, learn: Any) -> None:
    session(learn, "Tea", 1)

    offered = options(client, learn)
    assert offered["kind"] == ["session", "recording"]
    assert offered["when"] == ["coming", "past"]
    assert titles(client, learn, kind="guide") == ["Tea"]


def test_a_session_without_a_date_is_listed_under_its_publication(
    client: Any, learn: Any
) -> None:
    session(learn, "No date yet")
    session(learn, "Tomorrow", 1)

    assert titles(client, learn) == ["No date yet", "Tomorrow"]


def test_an_index_below_learn_lists_its_own_and_learn_lists_all(
    client: Any, learn: Any
) -> None:
    below = LearningIndexFactory(parent=learn, title="Archive", slug="archive")
    session(below, "Long over", -400)
    session(learn, "Tomorrow", 1)

    assert titles(client, below) == ["Long over"]
    assert titles(client, learn) == ["Tomorrow", "Long over"]


def test_twenty_fit_on_a_page_and_the_filter_goes_along(
    client: Any, learn: Any
) -> None:
    for day in range(1, 23):
        session(learn, f"Day {day}", day)
    RecordingPageFactory(parent=learn)
    first = client.get(learn.url, {"kind": "session"})

    assert (first.context["count"], len(first.context["rows"].object_list)) == (22, 20)
    assert "kind=session" in words(first)
    assert titles(client, learn, kind="session", page="2") == ["Day 21", "Day 22"]


def test_an_empty_learn_says_what_will_be_here(client: Any, learn: Any) -> None:
    html = words(client.get(learn.url))

    assert "Nothing is here yet" in html
    assert "Sessions appear here when their date is set" in html


def test_filters_that_match_nothing_can_be_removed(client: Any, learn: Any) -> None:
    session(learn, "Tea", 1)
    html = words(client.get(learn.url, {"kind": "recording"}))

    assert "Nothing matches these filters" in html
    assert "Show everything" in html


def test_who_has_just_left_the_group_finds_its_session_no_longer(
    client_of: Any, member: Any, learn: Any, working_group: Any
) -> None:
    restrict_page(session(learn, "Among ourselves", 400), working_group.group)
    session(learn, "For everybody", 1)
    client = client_of(member)
    assert titles(client, learn) == ["For everybody", "Among ourselves"]
    assert options(client, learn)["year"] == ["2027", "2026"]

    leave_working_group(user=member, working_group=working_group)
    assert titles(client, learn) == ["For everybody"]
    assert "year" not in options(client, learn)


def test_drafts_are_not_listed(client: Any, learn: Any) -> None:
    session(learn, "A draft", 1, live=False)
    RecordingPageFactory(parent=learn, live=False)

    assert titles(client, learn) == []


def test_sessions_and_recordings_belong_below_learn_and_hold_no_pages() -> None:
    library = LibraryIndexFactory(parent=HomePageFactory())

    for model in (SessionPage, RecordingPage):
        assert LearningIndex.can_create_at(library) is False
        assert model.can_create_at(library) is False
        assert model.creatable_subpage_models() == []
