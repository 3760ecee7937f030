"""Listings of sessions show coming sessions first."""

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from tests.factories import SessionPageFactory

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.django_db


def test_coming_sessions_come_before_past_ones(
    site_tree: Any, visitor: Any, client_of: "Callable[[Any], Any]"
) -> None:
    now = timezone.now()
    for days, title in ((3, "In three days"), (90, "In spring"), (-2, "On Tuesday")):
        SessionPageFactory(
            parent=site_tree.learn, title=title, starts_at=now + dt.timedelta(days=days)
        )
    page = client_of(visitor).get(f"{site_tree.learn.url}?kind=session")
    titles = [row.title for row in page.context["rows"]]
    expected = ["In three days", site_tree.session.title, "In spring", "On Tuesday"]
    assert titles[:4] == expected
    assert titles[-1] == site_tree.past_session.title
