"""The search page in a browser."""

from typing import TYPE_CHECKING, Any

import pytest

from search import actions

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.factories import Tree

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db,
]


@pytest.fixture
def found(site_tree: "Tree") -> "Tree":
    actions.apply_changes()
    return site_tree


@pytest.mark.usefixtures("found")
def test_a_filter_narrows_the_results_keeps_the_focus_and_changes_the_url(
    open_page: "Callable[..., Any]",
) -> None:
    page = open_page("/search/?q=night")
    page.get_by_role("checkbox", name="Recordings").check()
    page.wait_for_url("**/search/?q=night&kind=recording")
    page.get_by_text("1 result", exact=True).wait_for()
    assert page.evaluate("document.activeElement.id") == "filter-kind-recording"
    page.get_by_role("checkbox", name="Guides").check()
    page.wait_for_url("**kind=guide*")
    page.go_back()
    page.get_by_role("link", name="Remove the filter: Recordings").click()
    page.wait_for_url("**/search/?q=night")


@pytest.mark.usefixtures("found")
def test_search_works_without_javascript(open_page: "Callable[..., Any]") -> None:
    page = open_page("/search/", java_script_enabled=False)
    page.get_by_role("searchbox").fill("night worker")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("checkbox", name="Guides").check()
    page.get_by_role("button", name="Show").click()
    page.get_by_role("link", name="Section 2").click()
    page.wait_for_url("**/the-first-seventy-two-hours/#s-*")
    assert page.locator("h2:target").inner_text().startswith("Who is told")
