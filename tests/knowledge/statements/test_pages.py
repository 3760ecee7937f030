"""A policy statement as readers see it."""

import datetime as dt

import pytest
from bs4 import BeautifulSoup

from knowledge.statements.actions import add_ask, endorse, move_ask, remove_ask
from tests.factories import OrganizationFactory, StatementPageFactory, restrict_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def statement(site_tree):
    return StatementPageFactory(
        parent=site_tree.library,
        title="A bed is held",
        asks=["Pay for the empty night.", "Count the nights."],
    )


def soup_of(client, page):
    answer = client.get(page.url)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def test_shows_what_it_asks_and_of_whom_in_order(client, statement):
    asks = soup_of(client, statement).select("#asks li")
    words = [each.get_text(" ", strip=True) for each in asks]
    assert words == [
        "Pay for the empty night. Of The ministry",
        "Count the nights. Of The ministry",
    ]


def test_an_ask_keeps_its_anchor_when_others_are_added_moved_and_removed(
    client, statement
):
    first, second = statement.asks.all()
    anchor = second.anchor
    add_ask(statement=statement, text="Publish the number.")
    move_ask(ask=second, by=-1)
    remove_ask(ask=first)
    found = soup_of(client, statement).find(id=anchor)
    assert "Count the nights." in found.get_text()


def test_lists_who_endorses_it_and_since_when(client, statement):
    for name, day in (("Later", dt.date(2026, 5, 1)), ("Earlier", dt.date(2026, 2, 1))):
        endorse(
            statement=statement,
            organization=OrganizationFactory(name=name),
            endorsed_on=day,
        )
    endorse(statement=statement, organization=OrganizationFactory(name="Undated"))
    section = soup_of(client, statement).find(id="endorsements")
    names = [each.get_text() for each in section.find_all("b")]
    assert names == ["Earlier", "Later", "Undated"]
    assert "since February 2026" in section.get_text()
    assert "3 organizations endorse this statement." in section.get_text()


def test_says_nothing_of_what_there_is_not(client, site_tree):
    page = StatementPageFactory(parent=site_tree.library, position="", body=[])
    page.asks.all().delete()
    soup = soup_of(client, page)
    for name in ("position", "asks", "evidence", "endorsements"):
        assert soup.find(id=name) is None
        assert soup.find("a", href=f"#{name}") is None


def test_an_alias_shows_the_rows_of_its_source(client, statement, site_tree):
    alias = statement.create_alias(parent=site_tree.shelf)
    assert "Count the nights." in soup_of(client, alias).find(id="asks").get_text()


def test_is_shown_to_those_whom_its_privacy_lets_in(
    statement, client_of, visitor, stranger, member, owner, working_group
):
    restrict_page(statement, working_group.group)
    expected = {visitor: 404, stranger: 404, member: 200, owner: 200}
    for person, status in expected.items():
        assert client_of(person).get(statement.url).status_code == status


def test_costs_the_same_queries_with_five_rows_and_with_fifty(
    client, site_tree, count_queries
):
    counts = []
    for size in (5, 50):
        page = StatementPageFactory(
            parent=site_tree.library,
            title=f"Of {size}",
            asks=[f"Ask {number}" for number in range(size)],
            endorsed_by=OrganizationFactory.create_batch(size),
        )
        client.get(page.url)
        with count_queries() as asked:
            client.get(page.url)
        counts.append(len(asked))
    assert counts[0] == counts[1]
