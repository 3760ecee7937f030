"""A working group's page is restricted to the group before it goes live."""

from typing import Any

import pytest
from wagtail.models import CollectionViewRestriction, PageViewRestriction

from pages.actions import create_group_page
from pages.models import WorkingGroupPage
from people.access import access_of
from tests.factories import WorkingGroupFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def group_of_member(member: Any) -> Any:
    return WorkingGroupFactory(name="The garden", members=[member])


@pytest.fixture
def opened(site_tree: Any, group_of_member: Any) -> Any:
    return create_group_page(
        parent=site_tree.write, working_group=group_of_member, summary="What grows."
    )


def test_page_collection_and_privacy_are_created_together(
    opened: Any, member: Any
) -> None:
    assert opened.live
    assert opened.title == "The garden"
    assert opened.collection.name == "The garden"
    assert access_of(member).may_see_page(opened)
    assert access_of(member).may_see_collection(opened.collection.path)


def test_a_stranger_sees_neither_page_nor_collection(
    opened: Any, stranger: Any, client_of: Any
) -> None:
    assert client_of(stranger).get(opened.url).status_code == 404
    assert not access_of(stranger).may_see_collection(opened.collection.path)


def test_a_draft_is_restricted_however_it_is_published(
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


def test_publishing_an_older_revision_keeps_the_collection(opened: Any) -> None:
    folder, before = opened.collection, CollectionViewRestriction.objects.count()
    old = opened.save_revision()
    content = old.content | {"collection": None}
    old.content = content
    old.save()
    old.publish()
    opened.refresh_from_db()
    assert opened.collection == folder
    assert CollectionViewRestriction.objects.count() == before


def test_a_page_made_public_on_purpose_stays_public(opened: Any, stranger: Any) -> None:
    PageViewRestriction.objects.filter(page=opened).delete()
    opened.save_revision().publish()
    assert access_of(stranger).may_see_page(opened)


def test_a_page_with_two_restrictions_can_be_published_again(
    opened: Any, stranger: Any
) -> None:
    PageViewRestriction.objects.create(page=opened, restriction_type="login")
    opened.unpublish()
    opened.save_revision().publish()
    opened.refresh_from_db()
    assert opened.live
    assert not access_of(stranger).may_see_page(opened)
