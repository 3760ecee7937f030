"""Search suggestions: keyboard, pointer, screen reader, and without scripts."""

from typing import TYPE_CHECKING, Any

import pytest

from search import actions
from tests.factories import GuidePageFactory

from .test_accessibility import ASK, AXE, RULES

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.factories import Tree

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

LIT = """() => {
  const box = document.querySelector('#searchbar-q');
  const line = document.getElementById(box.getAttribute('aria-activedescendant') ?? '');
  return line && line.getAttribute('aria-selected') === 'true' ? line.innerText : '';
}"""


@pytest.fixture
def library(site_tree: "Tree") -> "Tree":
    for title in ("Kettle and kindness", "Kettles at night"):
        GuidePageFactory(parent=site_tree.shelf, title=title)
    actions.apply_changes()
    return site_tree


@pytest.fixture
def typed(open_page: "Callable[..., Any]", library: "Tree") -> "Callable[..., Any]":
    """Return the search page with a query in the box and the list open."""

    def write(words: str = "kettle", **options: Any) -> Any:
        page = open_page("/search/", **options)
        page.get_by_role("combobox", name="Search").press_sequentially(words)
        page.get_by_role("listbox", name="Suggestions").wait_for()
        return page

    return write


def box(page: Any) -> Any:
    return page.get_by_role("combobox", name="Search")


def test_arrow_keys_activate_options_and_the_focus_stays(typed: Any) -> None:
    page = typed()
    assert box(page).get_attribute("aria-expanded") == "true"
    assert page.evaluate(LIT) == ""
    page.keyboard.press("ArrowDown")
    first = page.evaluate(LIT)
    page.keyboard.press("ArrowDown")
    second = page.evaluate(LIT)
    assert first
    assert second not in {"", first}
    page.keyboard.press("ArrowUp")
    assert page.evaluate(LIT) == first
    page.keyboard.press("ArrowUp")
    assert page.evaluate(LIT) == "", "above the first line is the box"
    assert page.evaluate("document.activeElement.id") == "searchbar-q"
    assert box(page).input_value() == "kettle"


def test_enter_opens_the_active_option(typed: Any) -> None:
    page = typed("kettle and")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/kettle-and-kindness/")


def test_enter_without_an_active_option_searches(typed: Any) -> None:
    page = typed()
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=kettle")


def test_a_click_opens_an_option(typed: Any) -> None:
    page = typed("kettle and")
    page.get_by_role("option").first.click()
    page.wait_for_url("**/kettle-and-kindness/")


def test_escape_closes_the_list_and_then_clears_the_box(typed: Any) -> None:
    page = typed()
    page.keyboard.press("Escape")
    assert page.get_by_role("listbox").count() == 0
    assert box(page).get_attribute("aria-expanded") == "false"
    assert box(page).input_value() == "kettle"
    page.keyboard.press("ArrowDown")
    assert page.evaluate(LIT), "the list opens again"
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    assert box(page).input_value() == ""


def test_leaving_the_box_closes_the_list(typed: Any) -> None:
    page = typed()
    page.keyboard.press("Tab")
    assert page.get_by_role("listbox").count() == 0


def test_no_suggestions_close_the_list(typed: Any) -> None:
    page = typed()
    page.keyboard.type("qwertyuiop")
    page.locator(".suggestions").wait_for(state="hidden")
    assert box(page).get_attribute("aria-expanded") == "false"


def test_a_late_response_to_older_input_is_not_shown(
    open_page: "Callable[..., Any]", library: "Tree"
) -> None:
    page = open_page("/search/")
    held: list[Any] = []
    page.route("**/suggest/?q=ke", lambda route: held.append(route))  # noqa: PLW0108
    box(page).press_sequentially("ke")
    page.wait_for_timeout(300)
    assert len(held) == 1
    box(page).press_sequentially("ttle and")
    page.get_by_role("option", name="Kettle and kindness").wait_for()
    late = '<div role="listbox"><div role="option" id="late">Too late</div></div>'
    held[0].fulfill(body=late, content_type="text/html")
    page.wait_for_timeout(100)
    assert page.get_by_role("option", name="Kettle and kindness").is_visible()
    assert page.get_by_text("Too late").count() == 0


def test_fast_typing_sends_one_request(
    open_page: "Callable[..., Any]", library: "Tree"
) -> None:
    page = open_page("/search/")
    asked: list[str] = []
    page.on("request", lambda each: "/suggest/" in each.url and asked.append(each.url))
    box(page).press_sequentially("kettle", delay=10)
    page.get_by_role("listbox").wait_for()
    assert len(asked) == 1


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_an_open_list(typed: Any, width: int, scheme: str) -> None:
    page = typed("ke", width=width, color_scheme=scheme, bypass_csp=True)
    page.keyboard.press("ArrowDown")
    page.add_script_tag(path=AXE)
    assert page.evaluate(ASK, RULES) == []
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wide) == 0
    lines = page.get_by_role("option").all()
    assert all(line.bounding_box()["height"] >= 44 for line in lines)


def test_without_scripts_there_is_a_box_and_a_button(
    open_page: "Callable[..., Any]", library: "Tree"
) -> None:
    page = open_page("/search/", java_script_enabled=False)
    page.get_by_role("searchbox", name="Search").fill("kettle")
    page.get_by_role("button", name="Search").click()
    page.wait_for_url("**/search/?q=kettle")
    assert page.get_by_role("link", name="Kettles at night").count()


def test_the_404_page_has_suggestions_too(
    open_page: "Callable[..., Any]", library: "Tree", client_of: Any, visitor: Any
) -> None:
    answer = client_of(visitor).get("/no/such/page/").content.decode()
    assert 'data-suggest="/search/suggest/"' in answer
