"""Search finds a statement by its position, its asks and who endorses it."""

import pytest

from knowledge.statements.actions import (
    add_ask,
    change_ask,
    endorse,
    remove_ask,
    withdraw_endorsement,
)
from knowledge.statements.models import StatementPage
from search import registry
from search.actions import apply_changes
from tests.factories import OrganizationFactory, StatementPageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def statement(site_tree):
    made = StatementPageFactory(
        parent=site_tree.library,
        title="A bed is held",
        position="<p>Marmots keep a bed for each other.</p>",
        asks=["Pay for the beavers.", "Count the badgers."],
        body=[],
    )
    return StatementPage.objects.get(pk=made.pk)


def entry_of(page):
    [entry] = registry.source_named("page").entries([page.pk])
    return entry


def found_for(client, word):
    apply_changes()
    return client.get("/search/", {"q": word}).content.decode()


def test_passages_are_the_position_and_each_ask(statement):
    places = [(each.place.label, each.text) for each in entry_of(statement).passages]
    assert places == [
        ("", "Marmots keep a bed for each other."),
        ("Ask 1", "Pay for the beavers."),
        ("Ask 2", "Count the badgers."),
    ]


def test_a_hit_opens_at_the_ask(client, statement):
    second = statement.asks.last()
    assert f"{statement.url}#{second.anchor}" in found_for(client, "badgers")


def test_an_ask_that_is_added_or_reworded_is_found(client, statement):
    add_ask(statement=statement, text="Invite the wolverines.")
    assert statement.url in found_for(client, "wolverines")
    ask = statement.asks.first()
    change_ask(ask=ask, text="Pay for the otters.", addressee="The river")
    assert statement.url in found_for(client, "otters")
    assert statement.url not in found_for(client, "beavers")


def test_an_ask_that_is_removed_is_not_found(client, statement):
    remove_ask(ask=statement.asks.last())
    assert statement.url not in found_for(client, "badgers")


def test_an_organization_leads_to_what_it_endorses(client, statement):
    heron = OrganizationFactory(name="Heron Porch")
    endorsement = endorse(statement=statement, organization=heron)
    assert "Heron Porch" in entry_of(statement).keywords
    assert statement.url in found_for(client, "heron porch")
    withdraw_endorsement(endorsement=endorsement)
    assert statement.url not in found_for(client, "heron porch")


def test_an_alias_is_found_by_what_its_source_asks_and_who_endorses_it(
    client, statement, site_tree
):
    alias = statement.create_alias(parent=site_tree.shelf)
    assert alias.url in found_for(client, "badgers")
    add_ask(statement=statement, text="Invite the wolverines.")
    endorse(statement=statement, organization=OrganizationFactory(name="Heron Porch"))
    for words in ("wolverines", "heron porch"):
        assert alias.url in found_for(client, words)
    remove_ask(ask=statement.asks.get(text="Count the badgers."))
    assert alias.url not in found_for(client, "badgers")


def test_entries_cost_the_same_queries_for_one_and_for_many(
    site_tree, statement, count_queries
):
    statement.create_alias(parent=site_tree.shelf)
    more = [
        StatementPageFactory(parent=site_tree.library, title=f"Number {number}")
        for number in range(9)
    ]
    more += [
        page.create_alias(parent=site_tree.shelf, update_slug=f"alias-{page.pk}")
        for page in more
    ]
    source = registry.source_named("page")
    alias = statement.aliases.get()
    source.entries([alias.pk])
    with count_queries() as one:
        source.entries([alias.pk])
    with count_queries() as many:
        source.entries([statement.pk, *(page.pk for page in more)])
    assert len(many) == len(one)
