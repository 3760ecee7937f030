"""A reader goes through a guide of six chapters; an editor adds one."""

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from knowledge.guides.models import GuidePage
from tests.factories import GuidePageFactory, Tree
from tests.knowledge.conftest import NAMES, chapters_body

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


@pytest.fixture
def guide(site_tree: Tree) -> GuidePage:
    made = GuidePageFactory(
        parent=site_tree.shelf,
        title="A stay in six parts",
        body=chapters_body(opening="Read this first."),
        revised=True,
    )
    return GuidePage.objects.get(pk=made.pk)


def keep_picture(page: Any, name: str) -> None:
    """Save a screenshot where `EVERYDOOR_PICTURES` names a folder, to look at."""
    if folder := os.environ.get("EVERYDOOR_PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def test_a_reader_goes_through_a_guide_on_a_phone(
    open_page: Callable, guide: GuidePage
):
    page = open_page(guide.url, width=390, color_scheme="dark")
    keep_picture(page, "beginning-390-dark")
    for number, name in enumerate(NAMES, start=1):
        page.locator(".turn--end a[rel=next]").click()
        page.wait_for_url(re.compile(r"/[\w-]+/$"))
        assert page.get_by_role("heading", level=1).inner_text() == name
        assert f"Part {number} of 6" in page.locator(".turn__where").inner_text()
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.locator("a[rel=next]").count() == 0

    page.locator(".turn").get_by_role("link", name="Contents").click()
    contents = page.get_by_role("dialog")
    keep_picture(page, "contents-390-dark")
    contents.get_by_role("link", name="Eating").click()
    page.wait_for_url(re.compile("/eating/$"))
    keep_picture(page, "chapter-390-dark")


def test_a_reader_goes_through_a_guide_by_keyboard(
    open_page: Callable, guide: GuidePage
):
    page = open_page(f"{guide.url}the-first-night/", color_scheme="light")
    keep_picture(page, "chapter-1280-light")
    on = page.locator(".turn a[rel=next]").first
    on.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/eating/$"))

    opener = page.locator(".turn").get_by_role("link", name="Contents")
    opener.focus()
    page.keyboard.press("Enter")
    assert page.get_by_role("dialog").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("dialog").is_visible()
    assert opener.evaluate("each => each === document.activeElement")

    page.keyboard.press("Enter")
    section = page.get_by_role("dialog").get_by_role("link", name="Why eating matters")
    section.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("#s-"))
    assert not page.locator("dialog").is_visible(), "a link into the page closes it"


def test_the_contents_are_reached_without_script(open_page: Callable, guide: GuidePage):
    page = open_page(f"{guide.url}eating/", java_script_enabled=False)
    page.locator(".turn").get_by_role("link", name="Contents").click()
    page.locator("#parts").get_by_role("link", name="Leaving").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Leaving"


def test_an_editor_adds_a_chapter_and_publishes_it(
    open_as: Callable, guide: GuidePage, moderator: Any, settings: Any
):
    settings.WAGTAIL_AUTOSAVE_INTERVAL = 0
    desk = open_as(moderator, f"/cms/pages/{guide.pk}/edit/")
    desk.locator(
        "#panel-child-content-body-content button[title='Insert a block']"
    ).or_(desk.get_by_role("button", name="Insert a block")).last.click()
    desk.get_by_role("option", name=re.compile("^Chapter")).first.click()
    title = desk.locator("[name$='-value-title']").last
    title.fill("Coming back")

    more = desk.locator("footer [data-w-dropdown-target=toggle]").first
    more.click()
    with desk.expect_navigation():
        desk.locator("footer").get_by_role("button", name="Publish", exact=True).click()
    published = GuidePage.objects.get(pk=guide.pk)
    assert [each.slug for each in published.text.chapters][-1] == "coming-back"
