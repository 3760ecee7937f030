"""The home page shows what apps registered: to visitors, to members, to editors."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.utils import timezone

from home.models.home_page import greeting
from people.actions import join_working_group
from tests.factories import (
    HomePageFactory,
    LearningIndexFactory,
    LibraryIndexFactory,
    OrganizationFactory,
    PeopleIndexFactory,
    ResourcePageFactory,
    SessionPageFactory,
    WorkingGroupFactory,
    WorkingGroupIndexFactory,
    restrict_page,
)

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2026, 5, 4, 19, 0, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _noon() -> Any:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def home(db: None) -> Any:
    return HomePageFactory()


@pytest.fixture
def learn(home: Any) -> Any:
    return LearningIndexFactory(parent=home, title="Learn", slug="learn")


@pytest.fixture
def library(home: Any) -> Any:
    return LibraryIndexFactory(parent=home, title="Library", slug="library")


def session(learn: Any, title: str, days: int, **more: Any) -> Any:
    starts_at = timezone.now() + dt.timedelta(days=days)
    return SessionPageFactory(parent=learn, title=title, starts_at=starts_at, **more)


def read(client: Any) -> BeautifulSoup:
    return BeautifulSoup(client.get("/").content, "html.parser")


def section(page: BeautifulSoup, heading: str) -> str:
    """Return the text of the panel with this heading; empty without one."""
    found = page.find(["h2"], string=heading)
    return found.parent.get_text(" ", strip=True) if found and found.parent else ""


def test_a_visitor_sees_the_next_sessions_and_the_newest_items(
    client: Any, learn: Any, library: Any
) -> None:
    session(learn, "In two days", 2)
    session(learn, "Tomorrow", 1)
    session(learn, "Long over", -30)
    ResourcePageFactory(parent=library, title="Handover sheet")
    page = read(client)
    coming = section(page, "Coming up")
    assert coming.index("Tomorrow") < coming.index("In two days")
    assert "Long over" not in coming
    assert "Handover sheet" in section(page, "Newest in the library")


def test_empty_panels_say_so(client: Any, home: Any) -> None:
    page = read(client)
    assert "No session is" in section(page, "Coming up")
    assert "The first guides are being written." in section(
        page, "Newest in the library"
    )


def figures(client: Any) -> dict[str, str]:
    leaves = read(client).select(".leaf")
    return {str(each["data-door"]): each.get_text(" ", strip=True) for each in leaves}


def test_each_door_shows_one_true_figure(
    client: Any, home: Any, learn: Any, library: Any, working_group: Any
) -> None:
    WorkingGroupIndexFactory(parent=home, title="Write together", slug="write")
    PeopleIndexFactory(parent=home, title="People", slug="people")
    session(learn, "This year", 1)
    session(learn, "Last year", -300)
    ResourcePageFactory(parent=library, working_group=working_group)
    ResourcePageFactory(parent=library)
    OrganizationFactory(listed=True)
    OrganizationFactory(listed=False)
    assert figures(client) == {
        "learn": "Learn 1 session this year",
        "library": "Library 2 things to use",
        "write": "Write together 1 written together",
        "people": "People 1 service",
    }


def test_figures_count_only_what_the_visitor_may_see(
    client: Any, learn: Any, library: Any
) -> None:
    restrict_page(session(learn, "For members", 1))
    restrict_page(ResourcePageFactory(parent=library))
    assert figures(client) == {"learn": "Learn", "library": "Library"}


def test_a_door_that_does_not_exist_has_no_figure_and_no_query(
    client: Any, home: Any, count_queries: Any
) -> None:
    client.get("/")
    with count_queries() as asked:
        assert figures(client) == {}
    assert "people_organization" not in str(asked.captured_queries)


def test_a_member_sees_the_next_session_and_the_three_after_it(
    client_of: Any, stranger: Any, learn: Any
) -> None:
    for day in (5, 4, 3, 2, 1):
        session(learn, f"Day {day}", day)
    page = read(client_of(stranger))
    assert "Day 1" in section(page, "The next session")
    later = section(page, "After that")
    assert [f"Day {day}" in later for day in (1, 2, 3, 4, 5)] == [0, 1, 1, 1, 0]


def test_new_here_mixes_kinds_and_skips_what_is_to_come(
    client_of: Any, stranger: Any, learn: Any, library: Any
) -> None:
    session(learn, "Yesterday’s session", -1)
    session(learn, "Tomorrow’s session", 1)
    ResourcePageFactory(parent=library, title="Handover sheet")
    new = section(read(client_of(stranger)), "New here")
    assert "Yesterday’s session" in new
    assert "Handover sheet" in new
    assert "Tomorrow’s session" not in new


def test_a_panel_without_values_does_not_appear(
    client_of: Any, stranger: Any, home: Any
) -> None:
    assert section(read(client_of(stranger)), "New here") == ""


def test_a_member_sees_their_own_groups_only(
    client_of: Any, member: Any, stranger: Any, site_tree: Any
) -> None:
    assert "Night shifts" in section(read(client_of(member)), "Your working groups")
    other = section(read(client_of(stranger)), "Your working groups")
    assert "Night shifts" not in other
    assert "You are in none yet" in other


def test_visitors_and_members_get_different_pages(
    client: Any, client_of: Any, stranger: Any, home: Any
) -> None:
    assert "Good" not in read(client).h1.get_text()
    assert read(client_of(stranger)).h1.get_text(strip=True) == "Good afternoon, Sam"


@pytest.mark.parametrize(
    ("hour", "words"),
    [
        (3, "Good evening"),
        (4, "Good morning"),
        (11, "Good morning"),
        (12, "Good afternoon"),
        (16, "Good afternoon"),
        (17, "Good evening"),
    ],
)
def test_the_greeting_follows_the_hour(hour: int, words: str) -> None:
    assert greeting(hour) == words


def test_it_costs_the_same_with_many_sessions_groups_and_items(
    client_of: Any, member: Any, site_tree: Any, count_queries: Any
) -> None:
    client = client_of(member)
    client.get("/")
    with count_queries() as few:
        client.get("/")
    for number in range(6):
        session(site_tree.learn, f"Session {number}", number + 1)
        ResourcePageFactory(parent=site_tree.library, title=f"Sheet {number}")
    join_working_group(user=member, working_group=_another_group())
    client.get("/")
    with count_queries() as many:
        client.get("/")
    assert len(many) <= len(few) <= 20


def _another_group() -> Any:
    return WorkingGroupFactory(name="Kitchens")
