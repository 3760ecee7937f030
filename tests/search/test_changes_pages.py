"""Every change to a page reaches the index: edits, schedules and bulk actions."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction, Site

from pages.jobs import publish_scheduled
from search import actions
from search.models import CONCEALED, IndexChange, IndexedItem
from search.query import parse
from search.results import Results
from tests.factories import (
    StandardPageFactory,
    WorkingGroupFactory,
    restrict_page,
    text,
)

WORD = "xylophonist"


@pytest.fixture
def page(site_tree: Any) -> Any:
    return StandardPageFactory(
        parent=site_tree.home,
        title="A page",
        slug="a-page",
        body=[text(f"About the {WORD}.")],
        revised=True,
    )


@pytest.fixture
def hidden_at_once(visitor: Any) -> Any:
    """Return a function that tells whether a visitor no longer finds the page before
    reindexing.
    """
    return lambda: Results(parse(WORD), visitor).total == 0


def test_a_page_is_found_after_it_was_saved(seen, page):
    assert seen(WORD) == ["A page"]


def test_a_page_published_from_a_draft_shows_its_new_words_only_then(seen, page):
    page.title = "Another title"
    revision = page.save_revision()
    assert seen(WORD) == ["A page"]
    revision.publish()
    assert seen(WORD) == ["Another title"]


def test_saving_a_draft_records_no_change(page):
    actions.apply_changes()
    page.title = "Draft"
    page.save_revision()
    assert not IndexChange.objects.exists()


def test_going_back_to_an_older_version_brings_its_words_back(
    seen, page, client_of, administrator, told
):
    older = page.latest_revision
    page.title, page.body = "Another title", [text("Nothing.")]
    page.save_revision().publish()
    assert seen(WORD) == []
    with told():
        older.publish(previous_revision=page.latest_revision)
    assert seen(WORD) == ["A page"]


def test_an_unpublished_page_is_gone_at_once(page, seen, hidden_at_once):
    assert seen(WORD) == ["A page"]
    page.unpublish()
    item = IndexedItem.objects.get(object_id=page.pk, source="page")
    assert item.rule == CONCEALED
    assert hidden_at_once()
    assert seen(WORD) == []
    assert not IndexedItem.objects.filter(object_id=page.pk, source="page").exists()


def test_a_page_saved_as_its_base_class_is_indexed(page, seen, told):
    """Wagtail's own jobs save pages as instances of the base class."""
    with told():
        Page.objects.get(pk=page.pk).unpublish()
    assert seen(WORD) == []


def test_a_scheduled_page_is_published_and_expires(page, seen, told):
    page.unpublish()
    now = timezone.now()
    page.go_live_at, page.expire_at = now + timedelta(hours=1), now + timedelta(hours=3)
    page.save_revision().publish()
    assert seen(WORD) == []
    with time_machine.travel(now + timedelta(hours=2)):
        with told():
            assert publish_scheduled() == "published 1, unpublished 0"
        assert seen(WORD) == ["A page"]
    with time_machine.travel(now + timedelta(hours=4)):
        with told():
            assert publish_scheduled() == "published 0, unpublished 1"
        assert seen(WORD) == []


def test_a_deleted_page_leaves_nothing_behind(page, seen):
    child = StandardPageFactory(parent=page, title=f"{WORD} below", slug="below")
    assert len(seen(WORD)) == 2
    page.delete()
    assert seen(WORD) == []
    gone = IndexedItem.objects.filter(source="page", title=child.title)
    assert not gone.exists()


def test_a_moved_page_has_its_new_address_and_its_new_rule_with_all_below(
    page, seen, site_tree, find, member, hidden_at_once, told
):
    StandardPageFactory(parent=page, title="Cellar", slug="below")
    with told():
        page.move(site_tree.group_page, pos="last-child")
        assert hidden_at_once()
    assert seen(WORD) == seen("Cellar") == []
    (hit,) = find(member, "Cellar")[:]
    assert hit.url == "/write/night-shifts/a-page/below/"


def test_a_move_is_recorded_in_its_own_transaction(page, site_tree, monkeypatch):
    """Wagtail's own signal is sent after the transaction and could be lost."""
    monkeypatch.setattr(
        "wagtail.actions.move_page.post_page_move.send", lambda **_: None
    )
    actions.apply_changes()
    page.move(site_tree.group_page, pos="last-child")
    assert IndexedItem.objects.get(source="page", title="A page").rule == CONCEALED


def test_pages_below_follow_a_changed_slug(page, find, visitor, told):
    StandardPageFactory(parent=page, title="Cellar", slug="below")
    page.slug = "renamed"
    with told():
        page.save_revision().publish()
    (hit,) = find(visitor, "Cellar")[:]
    assert hit.url == "/renamed/below/"


def test_another_site_root_changes_the_url_of_all_pages(page, told, site_tree):
    with told():
        Site.objects.create(hostname="other.example.org", root_page=site_tree.library)
    with told():
        Site.objects.exclude(is_default_site=True).get().delete()


def test_a_copy_with_all_below_is_found_too(page, seen, site_tree, told):
    StandardPageFactory(parent=page, title="Cellar", slug="below")
    with told():
        page.copy(
            recursive=True,
            to=site_tree.about,
            update_attrs={"slug": "copied", "title": "A copy"},
        )
    assert sorted(seen(WORD)) == ["A copy", "A page"]
    assert seen("Cellar") == ["Cellar", "Cellar"]


def test_an_alias_follows_its_page(page, seen, site_tree, told):
    with told():
        page.create_alias(parent=site_tree.about, update_slug="alias")
    assert seen(WORD) == ["A page", "A page"]
    page.title = "Another title"
    with told():
        page.save_revision().publish()
    assert seen(WORD) == ["Another title", "Another title"]
    with told():
        page.unpublish()
    assert seen(WORD) == []


def test_an_alias_follows_the_privacy_and_the_place_of_its_page(
    page, seen, find, member, site_tree, told, hidden_at_once
):
    page.create_alias(parent=site_tree.about, update_slug="alias")
    again = StandardPageFactory(parent=site_tree.home, slug="shelf")
    seen(WORD)
    with told():
        restrict_page(page, site_tree.group.group)
        assert hidden_at_once()
    assert (seen(WORD), find(member, WORD).total) == ([], 2)
    with told():
        PageViewRestriction.objects.get(page=page).delete()
    assert len(seen(WORD)) == 2
    with told():
        page.move(site_tree.group_page, pos="last-child")
        assert hidden_at_once()
    assert (seen(WORD), find(member, WORD).total) == ([], 2)
    with told():
        Page.objects.get(pk=page.pk).move(again, pos="last-child")
    assert len(seen(WORD)) == 2


def test_every_change_to_the_privacy_of_a_parent_page_reaches_the_index(
    page, seen, find, member, stranger, site_tree, hidden_at_once, told
):
    child = StandardPageFactory(parent=page, title=f"{WORD} below", slug="below")
    with told():
        restrict_page(page, site_tree.group.group)
        assert hidden_at_once()
    assert (len(seen(WORD)), find(member, WORD).total) == (0, 2)
    restriction = PageViewRestriction.objects.get(page=page)
    with told():
        restriction.restriction_type = PageViewRestriction.LOGIN
        restriction.save()
    assert (len(seen(WORD)), find(stranger, WORD).total) == (0, 2)
    with told():
        restriction.delete()
    assert child.title in seen(WORD)


def test_other_groups_of_a_restriction_apply_at_once(page, find, member, site_tree):
    restrict_page(page, WorkingGroupFactory(name="Day shifts").group)
    assert find(member, WORD).total == 0
    restriction = PageViewRestriction.objects.get(page=page)
    restriction.groups.set([site_tree.group.group])
    assert Results(parse(WORD), member).total == 1
    restriction.groups.clear()
    assert Results(parse(WORD), member).total == 0


class TestInBulk:
    """Bulk actions on pages in the CMS."""

    @pytest.fixture
    def pages(self, page: Any, site_tree: Any) -> list[Any]:
        other = StandardPageFactory(
            parent=site_tree.home, title="Other", slug="other", body=[text(WORD)]
        )
        StandardPageFactory(parent=other, title=f"{WORD} below", slug="below")
        other.save_revision()
        return [page, other]

    @pytest.fixture
    def act(self, client_of: Any, administrator: Any, pages: list[Any]) -> Any:
        administrator.is_superuser = True
        administrator.save()
        browser = client_of(administrator)

        def post(action: str, **form: Any) -> None:
            chosen = "&".join(f"id={each.pk}" for each in pages)
            at = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
            answer = browser.post(f"{at}?next=/cms/&{chosen}", form)
            assert answer.status_code == 302, answer.content.decode()[:2000]

        return post

    def test_bulk_unpublishing_and_publishing_are_indexed(
        self, act, seen, told, hidden_at_once
    ):
        assert len(seen(WORD)) == 3
        with told():
            act("unpublish", include_descendants="on")
            assert hidden_at_once()
        assert seen(WORD) == []
        with told():
            act("publish", include_descendants="on")
        assert len(seen(WORD)) == 3

    def test_a_bulk_move_is_indexed(
        self, act, seen, told, site_tree, hidden_at_once, find, member
    ):
        with told():
            act("move", chooser=site_tree.group_page.pk)
            assert hidden_at_once()
        assert (seen(WORD), find(member, WORD).total) == ([], 3)

    def test_bulk_deletion_hides_them(self, act, seen, told, hidden_at_once):
        with told():
            act("delete")
            assert hidden_at_once()
        assert seen(WORD) == []
