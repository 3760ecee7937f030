"""Guides with chapters, and the asks and endorsements of the demonstration."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from demo.actions import build_community
from knowledge.guides.models import GuidePage
from knowledge.statements.actions import remove_ask, withdraw_endorsement
from knowledge.statements.models import StatementPage

pytestmark = pytest.mark.django_db
LONG_GUIDE = "welcoming-people-on-opioid-agonist-treatment"


@pytest.fixture
def statement(community: Any) -> StatementPage:
    return StatementPage.objects.get(slug="fund-the-night-shift")


def _build_again(weeks: int = 0) -> Any:
    return build_community(today=timezone.localdate() + dt.timedelta(weeks=weeks))


def test_one_guide_has_six_chapters_with_recommendations(
    community: Any, client: Any
) -> None:
    guide = GuidePage.objects.get(slug=LONG_GUIDE)
    chapters = guide.text.chapters
    assert len(chapters) == 6
    assert all(list(each.recommendations) for each in chapters)
    for each in chapters:
        shown = client.get(guide.chapter_url(each))
        assert f"Part {each.number} of 6" in " ".join(shown.content.decode().split())


def test_asks_stand_in_the_order_of_their_file(statement: StatementPage) -> None:
    assert [ask.position for ask in statement.asks.all()] == [0, 1, 2, 3]
    assert statement.asks.first().text.startswith("Fund a second awake worker")
    assert statement.endorsements.count() == 7


def test_a_second_run_adds_no_row(statement: StatementPage) -> None:
    asks = list(statement.asks.values_list("public_id", "text"))
    endorsements = list(statement.endorsements.values_list("public_id", "endorsed_on"))
    _build_again()
    assert list(statement.asks.values_list("public_id", "text")) == asks
    rows = statement.endorsements.values_list("public_id", "endorsed_on")
    assert list(rows) == endorsements


def test_a_later_run_moves_the_days_of_endorsements(statement: StatementPage) -> None:
    before = statement.endorsements.first()
    _build_again(weeks=9)
    after = statement.endorsements.get(pk=before.pk)
    assert after.endorsed_on == before.endorsed_on + dt.timedelta(weeks=9)


def test_what_a_person_removed_does_not_come_back(
    statement: StatementPage, who: Any
) -> None:
    remove_ask(ask=statement.asks.first(), user=who("editor"))
    withdraw_endorsement(endorsement=statement.endorsements.first(), user=who("editor"))
    days = list(statement.endorsements.values_list("endorsed_on", flat=True))
    _build_again(weeks=9)
    assert (statement.asks.count(), statement.endorsements.count()) == (3, 6)
    after = statement.endorsements.values_list("endorsed_on", flat=True)
    assert list(after) == days
