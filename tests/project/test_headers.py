"""Every page carries the headers that restrict what a browser may do with it."""

from typing import Any

import pytest
from django.test import Client

from people.models import User
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db


def policy(answer: Any) -> dict[str, list[str]]:
    """Return the directives of the Content-Security-Policy and their sources."""
    parts = [part.split() for part in answer["Content-Security-Policy"].split(";")]
    return {part[0]: part[1:] for part in parts if part}


@pytest.mark.parametrize(
    "path", ["/", "/accounts/login/", "/search/", "/no-such-page/"]
)
def test_a_page_runs_only_scripts_of_the_site(
    client: Client, site_tree: Any, path: str
) -> None:
    directives = policy(client.get(path))
    assert directives["default-src"] == ["'none'"]
    assert directives["script-src"] == ["'self'"]
    assert directives["style-src"] == ["'self'"]
    assert directives["form-action"] == ["'self'"]
    assert directives["base-uri"] == ["'none'"]


def test_a_browser_does_not_guess_types_or_tell_other_sites_where_we_were(
    client: Client, site_tree: Any
) -> None:
    answer = client.get("/")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"


def test_scripts_cannot_read_the_cookies(client: Client, stranger: User) -> None:
    client.get("/accounts/login/")
    client.post("/accounts/login/", {"login": stranger.email, "password": PASSWORD})
    assert client.cookies["sessionid"]["httponly"]
    assert client.cookies["sessionid"]["samesite"] == "Lax"
    assert client.cookies["csrftoken"]["httponly"]
