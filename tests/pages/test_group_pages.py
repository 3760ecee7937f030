"""A working group's page is closed to others before it is live."""

from typing import Any

import pytest
from wagtail.models import CollectionViewRestriction, PageViewRestriction

from pages.actions import open_group_page
from pages.models import WorkingGroupPage
from people.access import access_of
from tests.factories import WorkingGroupFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def group_of_member(member: Any) -> Any:
    return WorkingGroupFactory(name="The garden", members=[member])


@pytest.fixture
def opened(site_tree: Any, group_of_member: Any) -> Any:
    return open_group_page(
        parent=site_tree.write, working_group=group_of_member, summary="What grows."
    )


def test_page_folder_and_privacy_come_in_one_step(opened: Any, member: Any) -> None:
    assert opened.live
    assert opened.title == "The garden"
    assert opened.collection.name == "The garden"
    assert access_of(member).may_see_page(opened)
    assert access_of(member).may_see_collection(opened.collection.path)


def test_a_stranger_sees_neither_page_nor_folder(
    opened: Any, stranger: Any, client_of: Any
) -> None:
    assert client_of(stranger).get(opened.url).status_code == 404
    assert not access_of(stranger).may_see_collection(opened.collection.path)


def test_a_draft_is_closed_when_it_is_published_in_any_way(
    site_tree: Any, group_of_member: Any, stranger: Any
) -> None:
    page = WorkingGroupPage(title="Quiet", group=group_of_member, live=False)
    site_tree.write.add_child(instance=page)
    assert not PageViewRestriction.objects.filter(page=page).exists()
    page.save_revision().publish()
    page.refresh_from_db()
    assert page.live
    assert not access_of(stranger).may_see_page(page)
    assert page.collection is not None


def test_an_older_version_does_not_lose_the_folder(opened: Any) -> None:
    folder, before = opened.collection, CollectionViewRestriction.objects.count()
    old = opened.save_revision()
    content = old.content | {"collection": None}
    old.content = content
    old.save()
    old.publish()
    opened.refresh_from_db()
    assert opened.collection == folder
    assert CollectionViewRestriction.objects.count() == before


def test_a_page_that_was_opened_to_all_on_purpose_stays_open(
    opened: Any, stranger: Any
) -> None:
    PageViewRestriction.objects.filter(page=opened).delete()
    opened.save_revision().publish()
    assert access_of(stranger).may_see_page(opened)


def test_a_page_that_is_closed_twice_can_be_published_again(
    opened: Any, stranger: Any
) -> None:
    PageViewRestriction.objects.create(page=opened, restriction_type="login")
    opened.unpublish()
    opened.save_revision().publish()
    opened.refresh_from_db()
    assert opened.live
    assert not access_of(stranger).may_see_page(opened)
