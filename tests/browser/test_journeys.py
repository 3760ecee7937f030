"""Journeys of visitors, members and strangers through the site."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from home.models import HomePage
from learning.sessions.models import SessionPage
from search.actions import apply_changes
from tests.factories import Tree

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


def test_a_visitor_finds_and_reads_a_guide(open_page: Callable, site_tree: Tree):
    page = open_page("/")
    page.get_by_role("navigation").get_by_role("link", name="Library").first.click()
    page.get_by_role("link", name=site_tree.guide.title).first.click()

    assert page.get_by_role("heading", level=1).inner_text() == site_tree.guide.title
    page.get_by_role("link", name=re.compile("Who is told")).first.click()
    heading = page.get_by_role("heading", name=re.compile("Who is told")).first
    assert page.url.split("#")[1].startswith("s-")
    assert heading.is_visible()
    assert page.get_by_text("Keep the bed for seventy-two hours.").first.is_visible()


def test_a_member_signs_in_by_code_searches_and_downloads(
    open_page: Callable, site_tree: Tree, stranger: Any
):
    """The code arrives by e-mail, a hit opens at its section, the file is for members."""
    apply_changes()
    page = open_page("/accounts/login/code/")
    page.get_by_role("textbox", name=re.compile("mail", re.IGNORECASE)).first.fill(
        stranger.email
    )
    page.get_by_role("button", name="Send me the code").click()
    code = re.search(r"\b\d{6}\b", mail.outbox[-1].body)
    page.locator("input[name=code]").fill(code.group())
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url(lambda url: "/accounts/" not in url)

    base = re.match(r"https?://[^/]+", page.url).group()
    page.goto(f"{base}/search/?q=writes+down")
    page.locator("main a[href*='#s-']").first.click()
    page.wait_for_url(re.compile("#s-"))
    assert page.get_by_text("The night worker writes down").first.is_visible()

    page.goto(f"{base}{site_tree.members_resource.url}")
    link = page.locator(f"a[href='{site_tree.members_document.url}']").first
    answer = page.request.get(f"{base}{link.get_attribute('href')}")
    assert answer.status == 200
    assert answer.body() == site_tree.members_document.file.read()
    site_tree.members_document.file.close()


def test_an_editor_writes_and_another_publishes(
    open_as: Callable, site_tree: Tree, editor: Any, moderator: Any, settings: Any
):
    """A session goes from the CMS through review to the site and into search."""
    # A slow machine would save the half-filled form; test_editing has autosave.
    settings.WAGTAIL_AUTOSAVE_INTERVAL = 0
    title = "Porridge at four in the morning"
    parent = f"/cms/pages/add/learning_sessions/sessionpage/{site_tree.learn.pk}/"
    desk = open_as(editor, parent)
    desk.locator("[name=title]").fill(title)
    day = timezone.localdate() + dt.timedelta(days=9)
    desk.locator("[name=first_day]").fill(day.isoformat())
    desk.locator("[name=start_time]").fill("04:00")
    desk.locator("[name=end_time]").fill("05:00")
    with desk.expect_navigation():
        desk.get_by_role("button", name="Save the draft").click()
    desk.locator("[name=summary]").fill("What a pot of porridge does for a night.")
    _choose(desk, re.compile("^Submit to"))
    written = SessionPage.objects.get(title=title)
    assert not written.live
    assert written.current_workflow_state is not None

    table = open_as(moderator, f"/cms/pages/{written.pk}/edit/")
    _choose(table, re.compile("^Approve and publish"))
    written.refresh_from_db()
    assert written.live

    apply_changes()
    reader = open_as(moderator, "/search/?q=porridge")
    reader.get_by_role("link", name=title).first.click()
    assert reader.get_by_role("heading", level=1).inner_text() == title


def _choose(desk: Any, name: re.Pattern) -> None:
    """Press an action in the footer of the editor, opening its menu if needed."""
    action = desk.locator("footer, form").get_by_role("button", name=name).first
    if not action.is_visible():
        desk.locator("footer [data-w-dropdown-target=toggle]").first.click()
    with desk.expect_navigation():
        action.click()


def test_a_stranger_finds_nothing_of_a_working_group(
    open_as: Callable, site_tree: Tree, stranger: Any, member: Any
):
    def statuses(person: Any) -> list[int]:
        page = open_as(person, HomePage.objects.get().url)
        base = re.match(r"https?://[^/]+", page.url).group()
        kept = (site_tree.group_page.url, site_tree.group_document.url)
        return [page.request.get(f"{base}{path}").status for path in kept]

    assert statuses(stranger) == [404, 404]
    assert statuses(member) == [200, 200]
