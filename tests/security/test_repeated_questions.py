"""Attack: read in the editors' report what one person in distress searched for.

A question that one person asks again and again must not look like a common one, whatever
the browser, and nothing may be stored that tells who asked.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from people.models import User
from search import actions
from search.models import CountedSearch, SearchTerm
from tests.factories import Tree, community_member

pytestmark = pytest.mark.django_db

QUESTION = "my sister relapsed in the lantern house"
REPORT = "/cms/reports/search-terms/"


def ask(browser: Client, words: str = QUESTION, **sent: Any) -> None:
    agent = {"HTTP_USER_AGENT": "Mozilla/5.0 (Linux; Android 14) Firefox/140.0"}
    response = browser.get("/search/", {"q": words}, **(agent | sent))
    assert response.status_code == 200


@pytest.fixture
def report(site_tree: Tree, client_of: Callable, editor: User) -> Callable[[], str]:
    def read() -> str:
        return str(client_of(editor).get(REPORT).content.decode())

    return read


def test_a_visitor_who_asks_again_and_again_stays_hidden(report: Callable) -> None:
    for number in range(9):
        ask(Client(), HTTP_USER_AGENT=f"Mozilla/5.0 Firefox/{number}")
    assert SearchTerm.objects.get().people == 1
    assert QUESTION not in report()


def test_a_member_who_asks_again_and_again_stays_hidden(
    report: Callable, member: User, client_of: Callable
) -> None:
    for number in range(9):
        ask(client_of(member), REMOTE_ADDR=f"203.0.113.{number}")
    assert SearchTerm.objects.get().people == 1
    assert QUESTION not in report()


def test_a_made_up_forwarding_header_makes_nobody_another_person(
    report: Callable,
) -> None:
    for number in range(9):
        ask(Client(), HTTP_X_FORWARDED_FOR=f"203.0.113.{number}")
    assert QUESTION not in report()


def test_addresses_of_one_household_are_one_person(report: Callable) -> None:
    for number in range(9):
        ask(Client(), REMOTE_ADDR=f"2001:db8:1:2::{number}")
    assert QUESTION not in report()


def test_what_three_people_ask_is_shown(report: Callable, client_of: Callable) -> None:
    for _ in range(3):
        ask(client_of(community_member()))
    assert QUESTION in report()


def test_three_networks_are_three_people(report: Callable) -> None:
    for number in range(3):
        ask(Client(), REMOTE_ADDR=f"2001:db8:1:{number}::1")
    assert QUESTION in report()


def test_nothing_tells_who_asked(
    site_tree: Tree, member: User, client_of: Callable
) -> None:
    """The hashes of one person's terms have nothing in common, and the key is not stored."""
    for words in (QUESTION, "kettle"):
        ask(client_of(member), words)
    rows = list(CountedSearch.objects.values())
    assert {frozenset(row) for row in rows} == {frozenset({"id", "day", "token"})}
    assert len({row["token"] for row in rows}) == 2
    ask(Client(), "kettle", REMOTE_ADDR="203.0.113.9")
    assert CountedSearch.objects.count() == 3


def test_the_key_of_the_site_is_part_of_the_hash(
    site_tree: Tree, settings: Any
) -> None:
    for key in ("one key", "another key"):
        settings.SECRET_KEY = key
        ask(Client())
    assert CountedSearch.objects.count() == 2


def test_hashes_are_gone_on_the_next_day(site_tree: Tree) -> None:
    ask(Client())
    actions.forget_terms()
    assert CountedSearch.objects.count() == 1
    with time_machine.travel(timezone.now() + timedelta(days=1), tick=False):
        actions.forget_terms()
    assert not CountedSearch.objects.exists()
    assert SearchTerm.objects.count() == 1
