"""Accessibility of every page type, on phone and desktop, in light and dark, by axe-core."""

from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings

from search.actions import apply_changes

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.factories import Tree

AXE = settings.ROOT / "site/frontend/node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ASK = """async (rules) => {
  const found = await axe.run(document, { runOnly: rules });
  return found.violations.map((each) => `${each.id}: ${each.nodes[0].target}`);
}"""
TOO_WIDE = (
    "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db,
    pytest.mark.skipif(
        not AXE.exists(), reason="axe-core is not installed (make setup)"
    ),
]


@pytest.fixture
def addresses(site_tree: "Tree") -> list[str]:
    """Return the URL of a page of each type that a visitor may open, and of other views."""
    shown = {
        type(page): page.url for page in site_tree.pages if page != site_tree.group_page
    }
    topic = site_tree.topic.get_absolute_url()
    refined = f"{site_tree.library.url}?kind=guide"
    apply_changes()
    asked = ["/search/", "/search/?q=night", "/search/?q=night&kind=nothing"]
    return [*shown.values(), "/topics/", topic, refined, "/gallery/", *asked]


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(
    open_page: "Callable[..., Any]", addresses: list[str], width: int, scheme: str
) -> None:
    page = open_page("/gallery/", width=width, color_scheme=scheme, bypass_csp=True)
    base = page.url.removesuffix("/gallery/")
    found = {}
    for address in addresses:
        page.goto(f"{base}{address}")
        page.add_script_tag(path=AXE)
        if broken := page.evaluate(ASK, RULES):
            found[address] = broken
    assert found == {}


@pytest.mark.parametrize("width", [320, 640])
def test_nothing_is_wider_than_the_screen(
    open_page: "Callable[..., Any]", addresses: list[str], width: int
) -> None:
    """Test 320 pixels, and 640: a desktop of 1280 at 200 %."""
    page = open_page("/gallery/", width=width)
    base = page.url.removesuffix("/gallery/")
    wide = {}
    for address in addresses:
        page.goto(f"{base}{address}")
        if over := page.evaluate(TOO_WIDE):
            wide[address] = over
    assert wide == {}


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1280, "light")])
def test_axe_finds_nothing_for_a_member(
    open_page: "Callable[..., Any]",
    site_tree: "Tree",
    member: Any,
    client_of: "Callable[[Any], Any]",
    width: int,
    scheme: str,
) -> None:
    session = client_of(member).cookies["sessionid"].value
    page = open_page(
        "/", width=width, color_scheme=scheme, bypass_csp=True, session=session
    )
    base = page.url.rstrip("/")
    found = {}
    for address in ("/", site_tree.write.url, site_tree.group_page.url, "/account/"):
        page.goto(f"{base}{address}")
        assert page.get_by_role("link", name="Mika").count()
        page.add_script_tag(path=AXE)
        if broken := page.evaluate(ASK, RULES):
            found[address] = broken
    assert found == {}
