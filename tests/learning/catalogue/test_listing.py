"""The index of Learn: sessions and recordings in one list."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from tests.factories import (
    HomePageFactory,
    LearningIndexFactory,
    RecordingPageFactory,
    SessionPageFactory,
    restrict_page,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def learn() -> Any:
    return LearningIndexFactory(parent=HomePageFactory(), slug="learn")


def titles(client: Any, learn: Any, **query: str) -> list[str]:
    return [row.title for row in client.get(learn.url, query).context["rows"]]


def test_it_lists_coming_sessions_first_and_then_what_is_past(
    client: Any, learn: Any
) -> None:
    now = timezone.now()
    for title, days in (("Next month", 30), ("Tomorrow", 1), ("Last month", -30)):
        starts_at = now + dt.timedelta(days=days)
        SessionPageFactory(parent=learn, title=title, starts_at=starts_at)
    RecordingPageFactory(
        parent=learn, title="Seen", recorded_on=(now - dt.timedelta(days=60)).date()
    )

    assert titles(client, learn) == ["Tomorrow", "Next month", "Last month", "Seen"]
    assert titles(client, learn, kind="recording") == ["Seen"]
    assert titles(client, learn, kind="session", when="past") == ["Last month"]


@pytest.mark.parametrize(
    ("role", "found"),
    [("visitor", 1), ("stranger", 1), ("member", 2), ("owner", 2)],
)
def test_each_viewer_finds_what_they_may_see(
    request: Any, client_of: Any, role: str, found: int, learn: Any, working_group: Any
) -> None:
    SessionPageFactory(parent=learn, title="For everybody")
    private = SessionPageFactory(parent=learn, title="For the group")
    restrict_page(private, working_group.group)
    client = client_of(request.getfixturevalue(role))

    assert len(titles(client, learn)) == found


def test_it_costs_the_same_for_three_sessions_and_for_twenty(
    client: Any, learn: Any, count_queries: Any
) -> None:
    def add(number: int) -> None:
        start = timezone.now() + dt.timedelta(days=3)
        for each in range(number):
            dates = [start + dt.timedelta(days=each + week * 7) for week in range(2)]
            SessionPageFactory(parent=learn, dates=dates)

    def cost() -> int:
        client.get(learn.url)
        with count_queries() as asked:
            client.get(learn.url)
        return len(asked)

    add(3)
    few = cost()
    add(17)
    assert cost() == few
