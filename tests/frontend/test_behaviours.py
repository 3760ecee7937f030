"""The behaviours in a browser, and the pages without scripts."""

import re
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.factories import Tree

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db,
]


def test_a_choice_of_a_filter_shows_its_results_at_once(
    open_page: "Callable[..., Any]", site_tree: "Tree"
) -> None:
    page = open_page(site_tree.library.url)
    assert page.locator("[data-filter-submit]").is_hidden()
    page.get_by_label("Guides", exact=True).check()
    page.wait_for_url(re.compile(r"\?kind=guide$"))
    page.wait_for_function("document.querySelectorAll('#results .row').length === 2")
    assert page.locator("#count").inner_text() == "2 items"
    assert page.get_by_label("Guides", exact=True).is_checked()
    page.get_by_role("link", name="Remove the filter: Guides").click()
    page.wait_for_url(re.compile(r"/library/$"))
    assert page.locator("#results .row").count() > 2


def test_a_second_choice_replaces_the_first(
    open_page: "Callable[..., Any]", site_tree: "Tree"
) -> None:
    page = open_page(f"{site_tree.library.url}?kind=guide")
    page.get_by_label("Resources", exact=True).check()
    page.wait_for_url(re.compile(r"\?kind=resource$"))
    page.get_by_label("All", exact=True).first.check()
    page.wait_for_url(re.compile(r"/library/$"))


def test_a_filter_works_without_scripts(
    open_page: "Callable[..., Any]", site_tree: "Tree"
) -> None:
    page = open_page(site_tree.library.url, java_script_enabled=False)
    page.get_by_label("Guides", exact=True).check()
    page.get_by_role("button", name="Show").click()
    assert "kind=guide" in page.url
    assert page.locator("#results .row").count() == 2


def test_the_back_button_restores_the_filtered_list(
    open_page: "Callable[..., Any]", site_tree: "Tree"
) -> None:
    page = open_page(site_tree.library.url)
    before = page.locator("#results .row").count()
    page.get_by_label("Guides", exact=True).check()
    page.wait_for_url(re.compile(r"\?kind=guide$"))
    page.go_back()
    page.wait_for_function(f"document.querySelectorAll('.row').length === {before}")


def test_filters_start_closed_on_a_phone(
    open_page: "Callable[..., Any]", site_tree: "Tree"
) -> None:
    page = open_page(site_tree.library.url, width=390)
    details = page.locator("details[data-close-on-phone]")
    assert details.get_attribute("open") is None
    page.get_by_text("Filter", exact=True).click()
    assert page.get_by_label("Guides", exact=True).is_visible()


def test_an_embedded_video_loads_only_after_a_click(
    open_page: "Callable[..., Any]",
) -> None:
    page = open_page("/gallery/")
    assert page.locator("iframe").count() == 0
    page.route(
        "https://player.vimeo.com/**", lambda route: route.fulfill(body="played")
    )
    page.get_by_role("button", name="Play it here").click()
    frame = page.locator("iframe")
    assert frame.get_attribute("src") == "https://player.vimeo.com/video/1"
    assert frame.get_attribute("title") == "A walk through the house"


def test_a_dialog_opens_and_escape_closes_it(open_page: "Callable[..., Any]") -> None:
    page = open_page("/gallery/")
    opener = page.locator("[data-dialog]")
    opener.click()
    dialog = page.get_by_role("dialog", name="Remove the draft?")
    assert dialog.is_visible()
    page.keyboard.press("Escape")
    assert dialog.is_hidden()
    assert opener.evaluate("each => each === document.activeElement")


def test_escape_closes_a_menu(open_page: "Callable[..., Any]") -> None:
    page = open_page("/gallery/")
    menu = page.locator("details[data-menu]")
    menu.locator("summary").click()
    assert menu.get_by_role("link", name="Rename").is_visible()
    page.keyboard.press("Escape")
    assert menu.get_by_role("link", name="Rename").is_hidden()


def test_the_first_tab_skips_to_the_content(open_page: "Callable[..., Any]") -> None:
    page = open_page("/gallery/")
    page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to content")
    skip.focus()
    assert skip.bounding_box()["y"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_a_click_on_a_line_moves_the_player_there(
    open_page: "Callable[..., Any]", site_tree: "Tree"
) -> None:
    page = open_page(site_tree.recording.url)
    line = page.locator(".cue").nth(1)
    line.get_by_role("link").click()
    assert page.url.endswith("#t=4")


def test_no_request_goes_to_another_site(
    open_page: "Callable[..., Any]", site_tree: "Tree", server: str
) -> None:
    page = open_page("/gallery/")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for address in ("/", site_tree.guide.url, site_tree.recording.url):
        page.goto(f"{server}{address}")
    assert [url for url in asked if not url.startswith(server)] == []
