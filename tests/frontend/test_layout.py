"""Where things are on the screen, which only a browser knows."""

from typing import TYPE_CHECKING, Any

import pytest

from knowledge.statements.actions import add_ask
from tests.factories import StandardPageFactory, heading, related, text

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.factories import Tree

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

TYPE_AND_DISTANCES = """(rows) => [...rows[0].querySelectorAll(".row__words > *")].map(
  (each) => [getComputedStyle(each).fontFamily, getComputedStyle(each).marginTop])"""


def top(part: Any) -> float:
    box = part.bounding_box()
    assert box is not None
    return float(box["y"])


def test_on_a_phone_the_title_comes_before_the_table_of_contents(
    open_page: "Callable[..., Any]", site_tree: "Tree"
) -> None:
    parts = [heading(words) for words in ("Who cooks", "Who cleans", "Who is told")]
    rules = StandardPageFactory(parent=site_tree.home, title="Kitchen", body=parts)
    page = open_page(rules.url, width=390)
    title = page.get_by_role("heading", name="Kitchen", level=1)
    contents = page.locator(".toc-details")
    first = page.get_by_role("heading", name="Who cooks", level=2)
    assert top(title) < top(contents) < top(first)


def test_an_item_looks_the_same_in_a_text_as_in_a_list(
    open_page: "Callable[..., Any]", site_tree: "Tree"
) -> None:
    body = [text("See also."), related(site_tree.guide)]
    page = open_page(StandardPageFactory(parent=site_tree.home, body=body).url)
    in_text = page.locator(".prose .row").evaluate_all(TYPE_AND_DISTANCES)
    page.goto(page.url.replace(page.url.split("/", 3)[3], site_tree.library.url[1:]))
    in_list = page.locator(".row").evaluate_all(TYPE_AND_DISTANCES)
    assert {distance for _font, distance in in_text} == {"0px"}
    assert in_text[0] == in_list[0]
    assert in_text[-1] == in_list[-1]


def test_the_buttons_that_move_an_ask_are_in_one_line_or_one_column(
    open_page: "Callable[..., Any]",
    client_of: "Callable[[Any], Any]",
    site_tree: "Tree",
    moderator: Any,
) -> None:
    statement = site_tree.statement
    for words in ("Fund it", "Count it", "Say it"):
        add_ask(statement=statement, text=words)
    session = client_of(moderator).cookies["sessionid"].value
    for width in (390, 1280):
        page = open_page(
            f"/cms/statements/{statement.pk}/", width=width, session=session
        )
        up = page.get_by_role("button", name="Move up: Count it").bounding_box()
        down = page.get_by_role("button", name="Move down: Count it").bounding_box()
        assert up["x"] == down["x"] or up["y"] == down["y"]
