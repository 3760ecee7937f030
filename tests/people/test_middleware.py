"""Sessions are renewed while they are used, and remembered without a name."""

from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import Group, Permission
from django.test import Client, override_settings

from people.adapters import RENEWED_AT
from people.middleware import RENEW_AFTER, WAS_HERE
from people.models import User
from tests.factories import HomePageFactory, UserFactory

pytestmark = pytest.mark.django_db
START = 1_780_000_000


@pytest.fixture(autouse=True)
def _home(db: None) -> None:
    HomePageFactory()


def test_a_session_is_renewed_once_an_hour_and_not_at_each_request(
    client_of: Any, member: User
) -> None:
    with time_machine.travel(START, tick=False) as clock:
        client = client_of(member)
        assert client.session[RENEWED_AT] == START
        clock.shift(RENEW_AFTER - 1)
        client.get("/account/")
        assert client.session[RENEWED_AT] == START
        clock.shift(1)
        client.get("/account/")
        assert client.session[RENEWED_AT] == START + RENEW_AFTER


def test_reading_pages_writes_no_session(
    client_of: Any, member: User, count_queries: Any
) -> None:
    client = client_of(member)
    client.get("/account/")
    with count_queries() as asked:
        client.get("/account/")
    assert not any(
        each["sql"].startswith("UPDATE") and "django_session" in each["sql"]
        for each in asked.captured_queries
    )


def test_a_cookie_remembers_that_somebody_was_here_but_not_who(
    client_of: Any, member: User
) -> None:
    with time_machine.travel(START, tick=False) as clock:
        client = client_of(member)
        clock.shift(RENEW_AFTER)
        cookie = client.get("/account/").cookies[WAS_HERE]
        gone = client.post("/accounts/logout/").cookies[WAS_HERE]
    assert cookie.value == "1"
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert gone.value == ""


def test_a_visitor_gets_no_cookie() -> None:
    assert WAS_HERE not in Client().get("/").cookies


@override_settings(REQUIRE_SECOND_FACTOR=True)
def test_somebody_in_the_cms_without_a_trusted_role_needs_a_second_factor(
    client_of: Any,
) -> None:
    """A group made by hand can give access to the CMS."""
    helpers = Group.objects.create(name="Translators")
    helpers.permissions.add(Permission.objects.get(codename="access_admin"))
    person = UserFactory()
    person.groups.add(helpers)
    client = client_of(person)
    assert client.get("/account/").status_code == 200
    assert client.get("/").status_code == 200
    response = client.get("/cms/")
    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/2fa/")


@override_settings(REQUIRE_SECOND_FACTOR=True)
def test_a_script_is_told_where_to_set_up_the_second_factor(client_of: Any) -> None:
    root = User.objects.create_superuser("root@example.org")
    client = client_of(root)
    response = client.get("/search/", headers={"HX-Request": "true"})
    assert response["HX-Redirect"].startswith("/accounts/2fa/")
