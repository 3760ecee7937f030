"""Actions on asks and endorsements, as others may call them."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from wagtail.models import PageLogEntry

from knowledge.statements.actions import (
    AlreadyEndorsedError,
    add_ask,
    change_ask,
    change_endorsement,
    endorse,
    move_ask,
    remove_ask,
    withdraw_endorsement,
)
from knowledge.statements.models import Ask, Endorsement
from tests.factories import OrganizationFactory, StatementPageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def statement(db):
    return StatementPageFactory(asks=["One.", "Two.", "Three."])


def order(statement):
    return [ask.text for ask in statement.asks.all()]


@pytest.mark.parametrize(
    ("text", "by", "expected"),
    [
        ("One.", 1, ["Two.", "One.", "Three."]),
        ("One.", 2, ["Two.", "Three.", "One."]),
        ("One.", -1, ["One.", "Two.", "Three."]),
        ("Three.", -2, ["Three.", "One.", "Two."]),
        ("Three.", 9, ["One.", "Two.", "Three."]),
        ("Two.", -9, ["Two.", "One.", "Three."]),
    ],
)
def test_an_ask_moves_as_far_as_there_are_places(statement, text, by, expected):
    move_ask(ask=statement.asks.get(text=text), by=by)
    assert order(statement) == expected


def test_asks_keep_different_places_after_one_is_removed(statement):
    remove_ask(ask=statement.asks.get(text="Two."))
    add_ask(statement=statement, text="Four.")
    assert order(statement) == ["One.", "Three.", "Four."]
    places = list(statement.asks.values_list("position", flat=True))
    assert len(set(places)) == len(places)


def test_anchors_of_asks_are_all_different(statement):
    anchors = {ask.anchor for ask in Ask.objects.all()}
    assert len(anchors) == 3
    assert all(anchor.startswith("ask-") for anchor in anchors)


def test_the_database_refuses_a_second_endorsement(statement, organization):
    endorse(statement=statement, organization=organization)
    with pytest.raises(IntegrityError), transaction.atomic():
        Endorsement.objects.create(statement=statement, organization=organization)


def test_a_refused_endorsement_leaves_the_transaction_usable(statement, organization):
    endorse(statement=statement, organization=organization)
    with pytest.raises(AlreadyEndorsedError):
        endorse(statement=statement, organization=organization)
    other = OrganizationFactory(name="Heron House")
    endorse(statement=statement, organization=other)
    assert statement.endorsements.count() == 2


def test_the_history_says_since_when(statement, organization, moderator):
    made = endorse(
        statement=statement, organization=organization, endorsed_on=None, user=moderator
    )
    change_endorsement(
        endorsement=made, endorsed_on=dt.date(2026, 2, 3), user=moderator
    )
    entry = PageLogEntry.objects.filter(page=statement.pk).latest("pk")
    assert entry.data["since"] == "2026-02-03"
    assert entry.user == moderator


def test_rows_say_what_they_are(statement, organization):
    made = endorse(statement=statement, organization=organization)
    assert str(made) == organization.name
    assert str(statement.asks.first()) == "One."


@pytest.mark.parametrize(
    "act",
    [
        lambda ask: move_ask(ask=ask, by=1),
        lambda ask: change_ask(ask=ask, text="Two, please.", addressee=""),
        lambda ask: remove_ask(ask=ask),
    ],
)
def test_an_ask_that_somebody_removed_meanwhile_is_gone(statement, act):
    stale = statement.asks.get(text="Two.")
    remove_ask(ask=statement.asks.get(text="Two."))
    lines = PageLogEntry.objects.count()
    with pytest.raises(Ask.DoesNotExist):
        act(stale)
    assert PageLogEntry.objects.count() == lines
    assert order(statement) == ["One.", "Three."]


@pytest.mark.parametrize(
    "act",
    [
        lambda row: change_endorsement(
            endorsement=row, endorsed_on=dt.date(2026, 1, 1)
        ),
        lambda row: withdraw_endorsement(endorsement=row),
    ],
)
def test_an_endorsement_that_was_withdrawn_meanwhile_is_gone(statement, act):
    row = endorse(statement=statement, organization=OrganizationFactory())
    withdraw_endorsement(endorsement=Endorsement.objects.get())
    lines = PageLogEntry.objects.count()
    with pytest.raises(Endorsement.DoesNotExist):
        act(row)
    assert PageLogEntry.objects.count() == lines
