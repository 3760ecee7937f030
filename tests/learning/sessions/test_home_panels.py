"""The next session, where the home page and search offer it."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from learning.sessions.documents import offer_next_session
from learning.sessions.home_panels import coming_sessions, count_this_year
from tests.factories import SessionPageFactory, restrict_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def sessions(working_group: Any) -> dict[str, Any]:
    """Make a session of a group tomorrow, and one for everybody the day after."""
    soon = timezone.now() + dt.timedelta(days=1)
    private = SessionPageFactory(title="Among ourselves", starts_at=soon)
    restrict_page(private, working_group.group)
    public = SessionPageFactory(title="All", starts_at=soon + dt.timedelta(days=1))
    SessionPageFactory(title="Draft", starts_at=soon, live=False)
    return {"private": private, "public": public}


@pytest.mark.parametrize(
    ("role", "titles"),
    [
        ("visitor", ["All"]),
        ("stranger", ["All"]),
        ("member", ["Among ourselves", "All"]),
        ("owner", ["Among ourselves", "All"]),
    ],
)
def test_each_viewer_is_offered_the_next_session_that_they_may_see(
    request: Any, role: str, titles: list[str], sessions: Any
) -> None:
    viewer = request.getfixturevalue(role)
    step = offer_next_session(viewer)

    assert step is not None
    assert step.title == titles[0]
    assert [each.title for each in coming_sessions(viewer)] == titles
    assert count_this_year(viewer) <= len(titles)


def test_nothing_is_offered_where_nothing_is_coming(visitor: Any) -> None:
    SessionPageFactory(starts_at=timezone.now() - dt.timedelta(days=30))

    assert offer_next_session(visitor) is None
    assert coming_sessions(visitor) == []
