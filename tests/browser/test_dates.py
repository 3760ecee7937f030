"""An editor plans a session, moves its date and publishes an old revision."""

import datetime as dt
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from learning.sessions.models import Occurrence, SessionPage
from tests.factories import Tree

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


def shot(page: Any, name: str) -> None:
    """Take a screenshot into the folder that EVERYDOOR_SHOTS names, if it does."""
    if folder := os.environ.get("EVERYDOOR_SHOTS"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def path_of(page: Any) -> str:
    return re.sub(r"^https?://[^/]+", "", page.url)


def test_a_date_survives_an_old_revision(
    open_as: Callable, site_tree: Tree, moderator: Any, settings: Any
) -> None:
    settings.WAGTAIL_AUTOSAVE_INTERVAL = 0
    desk = open_as(
        moderator, f"/cms/pages/add/learning_sessions/sessionpage/{site_tree.learn.pk}/"
    )
    first = timezone.localdate() + dt.timedelta(days=9)
    moved = first + dt.timedelta(days=7)
    desk.locator("[name=title]").fill("Porridge at four")
    desk.locator("[name=first_day]").fill(first.isoformat())
    desk.locator("[name=start_time]").fill("04:00")
    desk.locator("[name=end_time]").fill("03:00")
    desk.get_by_role("button", name="Save the draft").click()
    desk.get_by_text("It ends before it starts.").first.wait_for()
    assert desk.locator("[name=title]").input_value() == "Porridge at four"
    shot(desk, "new-session")

    desk.locator("[name=end_time]").fill("05:00")
    desk.get_by_role("button", name="Save the draft").click()
    desk.wait_for_url(re.compile("/edit/$"))
    page = SessionPage.objects.get(title="Porridge at four")
    old = page.latest_revision_id
    shot(desk, "session-form")

    desk.get_by_role("link", name="Change the dates").click()
    desk.get_by_role("link", name=re.compile("^Change ")).click()
    desk.locator("[name=first_day]").fill(moved.isoformat())
    shot(desk, "date-form")
    desk.get_by_role("button", name="Save this date").click()
    desk.get_by_text("The date is saved.").first.wait_for()
    shot(desk, "dates")

    desk.goto(desk.url.replace(path_of(desk), f"/cms/pages/{page.pk}/edit/"))
    desk.locator("[name=title]").fill("Porridge at five")
    desk.get_by_role("button", name="Save draft").first.click()
    desk.wait_for_load_state()
    revert = f"/cms/pages/{page.pk}/revisions/{old}/revert/"
    desk.goto(desk.url.replace(path_of(desk), revert))
    desk.locator("footer [data-w-dropdown-target=toggle]").first.click()
    with desk.expect_navigation():
        desk.get_by_role("button", name="Publish").first.click()

    page.refresh_from_db()
    assert (page.live, page.title) == (True, "Porridge at four")
    [date] = Occurrence.objects.filter(session=page)
    assert date.first_day == moved
    assert page.next_starts_at == date.starts_at


@pytest.mark.parametrize("width", [1280, 390])
def test_the_dates_fit_a_desk_and_a_phone(
    open_as: Callable, site_tree: Tree, moderator: Any, width: int
) -> None:
    session = site_tree.session
    date = session.dates[0]
    for name, path in {
        "dates": f"/cms/sessions/{session.pk}/dates/",
        "date-form": f"/cms/sessions/{session.pk}/dates/{date.public_id}/",
        "cancel": f"/cms/sessions/{session.pk}/dates/{date.public_id}/cancel/",
        "session": session.url,
    }.items():
        page = open_as(moderator, path, width=width)
        shot(page, f"{name}-{width}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
