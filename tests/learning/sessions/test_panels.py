"""Sessions on the home page and on a person's own page, and what other apps add to one."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse
from django.utils import timezone

from learning.sessions import registry
from learning.sessions.home_panels import count_this_year
from learning.sessions.jobs import roll_forward
from learning.sessions.models import SessionPage
from people.actions import leave_working_group
from tests.factories import (
    HomePageFactory,
    LearningIndexFactory,
    OccurrenceFactory,
    SessionPageFactory,
    restrict_page,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _noon() -> Any:
    with time_machine.travel("2026-05-04 19:00Z", tick=False):
        yield


@pytest.fixture
def learn() -> Any:
    return LearningIndexFactory(parent=HomePageFactory(), slug="learn")


def session(learn: Any, title: str, days: int, **more: Any) -> SessionPage:
    starts_at = timezone.now() + dt.timedelta(days=days)
    page: SessionPage = SessionPageFactory(
        parent=learn, title=title, starts_at=starts_at, **more
    )
    return page


def panel(client: Any, heading: str, where: str = "/") -> str:
    """Return the text of a panel; empty without one."""
    soup = BeautifulSoup(client.get(where).content, "html.parser")
    found = soup.find("h2", string=heading)
    text = found.parent.get_text(" ", strip=True) if found and found.parent else ""
    return " ".join(text.split())


def test_the_panel_of_members_says_what_when_where_and_how_to_register(
    client_of: Any, stranger: Any, learn: Any
) -> None:
    session(learn, "Tea", 1, registration_url="https://example.org/register")
    text = panel(client_of(stranger), "The next session")

    for said in ("Learning session", "Tea", "12:00 to 13:30 Pacific Time", "Online"):
        assert said in text
    assert "Register" in text


def test_without_registration_there_is_no_button_for_it(
    client_of: Any, stranger: Any, learn: Any
) -> None:
    session(learn, "Tea", 1)
    text = panel(client_of(stranger), "The next session")

    assert "What it is about" in text
    assert "Register" not in text


def test_members_are_told_that_nothing_is_planned(
    client_of: Any, stranger: Any, learn: Any
) -> None:
    session(learn, "Long over", -30)
    client = client_of(stranger)

    assert "No session is planned yet" in panel(client, "The next session")
    assert panel(client, "After that") == ""


def test_a_persons_own_page_shows_what_comes_to_them(
    client_of: Any, member: Any, stranger: Any, learn: Any, working_group: Any
) -> None:
    restrict_page(session(learn, "Among ourselves", 1), working_group.group)
    session(learn, "For everybody", 2)
    own = reverse("people:account")

    text = panel(client_of(member), "Coming up", own)
    assert text.index("Among ourselves") < text.index("For everybody")
    assert "Among ourselves" not in panel(client_of(stranger), "Coming up", own)


def test_who_has_just_left_the_group_is_not_told_of_its_session(
    client_of: Any, member: Any, learn: Any, working_group: Any
) -> None:
    restrict_page(session(learn, "Among ourselves", 1), working_group.group)
    client = client_of(member)
    assert "Among ourselves" in panel(client, "The next session")

    leave_working_group(user=member, working_group=working_group)
    assert "Among ourselves" not in panel(client, "The next session")


def test_the_figure_counts_from_new_year_to_new_year(learn: Any, visitor: Any) -> None:
    """By the days of the dates, not by UTC: the last evening belongs to its own year."""
    page = session(learn, "Evening", 1)
    OccurrenceFactory(
        session=SessionPageFactory(parent=learn, dates=()),
        first_day=dt.date(2026, 12, 31),
        start_time=dt.time(22),
        last_day=dt.date(2026, 12, 31),
        end_time=dt.time(23, 30),
    )
    session(learn, "Next year", 300)
    session(learn, "Last year", -200)
    assert count_this_year(visitor) == 2

    page.create_alias(update_slug="as-well")
    assert count_this_year(visitor) == 3


def test_the_job_rolls_forward_what_is_over(learn: Any) -> None:
    first = timezone.now() + dt.timedelta(hours=1)
    SessionPageFactory(parent=learn, dates=(first, first + dt.timedelta(days=7)))
    assert roll_forward() == 0

    with time_machine.travel("2026-05-05 19:00Z", tick=False):
        assert roll_forward() == 1
        assert roll_forward() == 0


@pytest.fixture
def section(monkeypatch: pytest.MonkeyPatch) -> registry.SessionSection:
    """Register a section for sessions whose title has tea in it."""
    monkeypatch.setattr(registry, "_sections", {})
    made = registry.SessionSection(
        name="tea",
        template="learning/recordings/session_section.html",
        values=lambda page, _viewer: (
            {"recordings": []} if "Tea" in page.title else None
        ),
    )
    registry.register_session_section(made)
    return made


def test_a_section_appears_where_it_has_something_to_show(
    client: Any, learn: Any, section: registry.SessionSection
) -> None:
    tea, soup = session(learn, "Tea", 1), session(learn, "Soup", 2)

    assert "Watch the recording" in client.get(tea.url).content.decode()
    assert "Watch the recording" not in client.get(soup.url).content.decode()


def test_a_section_is_registered_once(section: registry.SessionSection) -> None:
    registry.register_session_section(section)
    assert registry.session_sections() == [section]
    with pytest.raises(ImproperlyConfigured, match="“tea”"):
        registry.register_session_section(replace(section, template="other.html"))
