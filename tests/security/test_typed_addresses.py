"""An editor types the address of a hidden page into the form for external links."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.access.guarded import GROUP_WORD, GuardedSite

pytestmark = pytest.mark.django_db

FORM = "external-link-chooser"


@pytest.fixture
def choose(browser_of: Callable) -> Callable[[str, str], dict[str, Any]]:
    def chosen(role: str, address: str) -> dict[str, Any]:
        response = browser_of(role).post(
            "/cms/choose-external-link/",
            {f"{FORM}-url": address, f"{FORM}-link_text": "here"},
        )
        answer: dict[str, Any] = json.loads(response.content)
        return answer

    return chosen


def test_the_address_of_a_hidden_page_stays_an_address(
    choose: Callable, guarded: GuardedSite
) -> None:
    hidden = [page for page in guarded.kept if GROUP_WORD in page.title]
    for page in hidden:
        for address in (page.full_url, page.url, f"{page.full_url}?from=mail"):
            answer = choose("editor", address)
            assert answer["step"] == "external_link_chosen"
            assert answer["result"]["url"] == address
            assert page.title not in json.dumps(answer)
            assert "id" not in answer["result"]


def test_the_address_of_a_page_that_the_editor_may_see_becomes_a_link_to_it(
    choose: Callable, guarded: GuardedSite
) -> None:
    page = guarded.tree.session
    assert choose("editor", page.full_url)["result"]["id"] == page.pk
    asked = choose("editor", f"{page.full_url}?from=mail")
    assert asked["internal"]["adminTitle"] == page.title


@pytest.mark.parametrize("role", ["visitor", "stranger", "member"])
def test_nobody_else_gets_the_form(role: str, browser_of: Callable) -> None:
    browser = browser_of(role)
    for answer in (
        browser.get("/cms/choose-external-link/"),
        browser.post("/cms/choose-external-link/", {f"{FORM}-url": "/"}),
    ):
        assert answer.status_code in {302, 404}
