"""Predicates and querysets of access agree, whatever is restricted, for every user."""

import random
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser, Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    Page,
    PageViewRestriction,
)

from files.models import Document
from people.access import access_of
from people.actions import join_working_group, leave_working_group
from people.models import User
from tests.factories import DocumentFactory, HomePageFactory, StandardPageFactory

pytestmark = pytest.mark.django_db
KINDS = ("login", "groups", "password")


@pytest.fixture
def viewers(
    stranger: User, member: User, owner: User, editor: User, administrator: User
) -> list[Any]:
    root = User.objects.create_superuser("root@example.org")
    closed = User.objects.create_user("closed@example.org", is_active=False)
    return [
        AnonymousUser(),
        closed,
        stranger,
        member,
        owner,
        editor,
        administrator,
        root,
    ]


def restrict(dice: random.Random, model: Any, owner: str, item: Any) -> None:
    kind = dice.choice(KINDS)
    made = model.objects.create(
        **{owner: item},
        restriction_type=kind,
        password="tea" if kind == "password" else "",
    )
    if kind == "groups":
        groups = list(Group.objects.all())
        made.groups.set(dice.sample(groups, dice.randint(0, 2)))


@pytest.mark.parametrize("seed", range(4))
def test_twins_agree_on_random_trees_of_pages(viewers: list[Any], seed: int) -> None:
    dice = random.Random(seed)
    pages: list[Page] = [HomePageFactory()]
    for number in range(12):
        parent = Page.objects.get(pk=dice.choice(pages).pk).specific
        live = dice.random() > 0.2
        pages.append(StandardPageFactory(parent=parent, slug=f"p{number}", live=live))
    for page in dice.sample(pages, 5):
        restrict(dice, PageViewRestriction, "page", page)
    everything = list(Page.objects.all())
    for viewer in viewers:
        access = access_of(viewer)
        listed = set(Page.objects.filter(access.page_q))
        assert listed == {page for page in everything if access.may_see_page(page)}
        for page in everything:
            wagtail = [
                each.accept_request(_asks(viewer))
                for each in page.get_view_restrictions()
            ]
            if viewer.is_anonymous or viewer.is_active:  # the closed never sign in
                assert access.may_see_page(page) == (page.live and all(wagtail))


def test_a_deactivated_person_sees_what_a_visitor_sees(member: User) -> None:
    page = StandardPageFactory(parent=HomePageFactory())
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert access_of(member).may_see_page(page)
    User.objects.filter(pk=member.pk).update(is_active=False)
    access = access_of(User.objects.get(pk=member.pk))
    assert not access.may_see_page(page)
    assert not Page.objects.filter(access.page_q, pk=page.pk).exists()


@pytest.mark.parametrize("seed", range(4))
def test_twins_agree_on_random_trees_of_collections(
    viewers: list[Any], seed: int
) -> None:
    dice = random.Random(seed)
    folders = [Collection.get_first_root_node()]
    for number in range(8):
        parent = Collection.objects.get(pk=dice.choice(folders).pk)
        folders.append(parent.add_child(name=f"folder {number}"))
    documents = [DocumentFactory(collection=folder) for folder in folders]
    for folder in dice.sample(folders[1:], 4):
        restrict(dice, CollectionViewRestriction, "collection", folder)
    for viewer in viewers:
        access = access_of(viewer)
        seen = {
            each
            for each in documents
            if access.may_see_collection(each.collection.path)
        }
        assert set(Document.objects.visible_to(viewer)) == seen


def test_a_question_about_everything_costs_at_most_five_queries(member: User) -> None:
    home = HomePageFactory()
    for number in range(8):
        restrict(
            random.Random(number),
            PageViewRestriction,
            "page",
            StandardPageFactory(parent=home, slug=f"p{number}"),
        )
    asks = User.objects.get(pk=member.pk)
    with CaptureQueriesContext(connection) as asked:
        list(Page.objects.filter(access_of(asks).page_q))
        list(Document.objects.visible_to(asks))
        for page in Page.objects.all():
            access_of(asks).may_see_page(page)
    assert len(asked) - 3 <= 5  # the three lists themselves aside


def test_access_does_not_outlive_a_change_of_rights(
    stranger: User, working_group: Any
) -> None:
    page = StandardPageFactory(parent=HomePageFactory())
    assert access_of(stranger).may_see_page(page)
    made = PageViewRestriction.objects.create(page=page, restriction_type="groups")
    made.groups.add(working_group.group)
    assert not access_of(stranger).may_see_page(page)
    other_object = User.objects.get(pk=stranger.pk)
    join_working_group(user=other_object, working_group=working_group)
    assert access_of(stranger).may_see_page(page)
    leave_working_group(user=other_object, working_group=working_group)
    assert not access_of(stranger).may_see_page(page)
    made.delete()
    assert access_of(stranger).may_see_page(page)


class _asks:  # noqa: N801
    """As much of a request as Wagtail's restrictions look at."""

    def __init__(self, user: Any) -> None:
        self.user, self.session = user, {}
