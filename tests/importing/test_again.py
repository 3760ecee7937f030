"""A library that comes again: what changed there, and what was changed here."""

import copy
from collections.abc import Callable
from typing import Any

import pytest
from wagtail.models import Page

from importing.models import ImportedItem
from importing.report import Report
from importing.writing import writer
from knowledge.resources.models import ResourcePage
from learning.sessions.models import SessionPage
from pages.models import Topic
from people.models import Organization
from tests.factories import HomePageFactory

from .conftest import ITEMS

pytestmark = pytest.mark.django_db

CLEAN = ([], [], [], [], [])


@pytest.fixture(autouse=True)
def home(db: None) -> Page:
    return HomePageFactory(title="Home")


def changed(item_id: str, **values: Any) -> list[dict[str, Any]]:
    items = copy.deepcopy(ITEMS)
    next(item for item in items if item["id"] == item_id).update(values)
    return items


def test_a_second_run_changes_nothing(bring: Callable[..., Report]) -> None:
    bring()
    before = list(
        ImportedItem.objects.values_list("item_id", "digest", "mark", "object_id")
    )
    pages = list(Page.objects.values_list("pk", "latest_revision_id"))
    report = bring()
    assert (report.created, report.updated) == (0, 0)
    assert report.unchanged == len(ITEMS) - 1
    assert report.parts == {"unchanged": 1}
    assert report.files == {"unchanged": 2}
    after = list(
        ImportedItem.objects.values_list("item_id", "digest", "mark", "object_id")
    )
    assert after == before
    assert list(Page.objects.values_list("pk", "latest_revision_id")) == pages


def test_a_changed_item_is_updated(bring: Callable[..., Report]) -> None:
    bring()
    report = bring(changed("events/2020/06/tea", title="Tea before dawn"))
    assert (report.created, report.updated) == (0, 1)
    session = SessionPage.objects.get()
    assert (session.title, session.slug) == ("Tea before dawn", "tea")
    assert session.occurrences.count() == 1
    assert session.contributions.count() == 1


def test_what_was_edited_here_is_left_alone_unless_one_says_so(
    bring: Callable[..., Report],
) -> None:
    bring()
    session = SessionPage.objects.get()
    session.title = "Edited"
    session.save_revision().publish()
    Organization.objects.update(about="Edited")
    items = changed("events/2020/06/tea", title="Other")
    items[2]["summary"] = "Other"
    report = bring(items)
    reasons = {each.id: each.reason for each in report.skipped}
    assert reasons["events/2020/06/tea"] == "It was edited here since."
    assert reasons["sources/lantern"] == "It was edited here since."
    assert SessionPage.objects.get().title == "Edited"
    report = bring(items, overwrite=True)
    assert report.updated == 2
    assert SessionPage.objects.get().title == "Other"


def test_what_was_deleted_here_stays_deleted_unless_one_says_so(
    bring: Callable[..., Report],
) -> None:
    bring()
    SessionPage.objects.get().delete()
    report = bring()
    reasons = {each.id: each.reason for each in report.skipped}
    assert reasons["events/2020/06/tea"] == "It was deleted here since."
    assert bring(overwrite=True).created == 1


def test_a_run_that_was_stopped_goes_on(
    bring: Callable[..., Report], monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*args: Any, **kwargs: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(writer, "publish", stop)
        with pytest.raises(KeyboardInterrupt):
            bring()
    assert not SessionPage.objects.get().live
    bring()
    assert SessionPage.objects.get().live
    assert Page.find_problems() == CLEAN


def test_what_becomes_a_draft_is_public_no_longer(bring: Callable[..., Report]) -> None:
    bring()
    report = bring(changed("news/2020/01/sheet", extra={"draft": True}))
    assert not ResourcePage.objects.get(title="The sheet").live
    assert "news/2020/01/sheet" in [
        each.id for each in report.notes if "unpublished" in each.reason
    ]


def test_what_was_here_before_is_never_written_over(
    bring: Callable[..., Report],
) -> None:
    Topic.objects.create(name="Night shifts", slug="nights", summary="Ours")
    bring()
    report = bring(changed("topics/nights/_index", summary="Theirs"))
    assert "topics/nights/_index" in [each.id for each in report.skipped]
    assert Topic.objects.get(slug="nights").summary == "Ours"
