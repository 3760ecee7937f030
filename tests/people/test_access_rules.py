"""Access rules: how restrictions add up, and what the CMS shows its editors."""

import random
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser, Group
from django.urls import reverse
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    Page,
    PageViewRestriction,
)

from files.models import Document
from people.access import Access, access_of
from people.actions import leave_organization
from people.models import PUBLIC, Restriction, Restrictions, User, WorkingGroup
from tests.factories import (
    DocumentFactory,
    FolderFactory,
    HomePageFactory,
    StandardPageFactory,
    WorkingGroupFactory,
    members_group,
    restrict_collection,
    restrict_page,
)

pytestmark = pytest.mark.django_db
KINDS = ("login", "groups", "password", "none", "unheard of")
SIGNED_IN = Access(signed_in=True, passes_everything=False, groups=frozenset({7}))
VISITOR = Access(signed_in=False, passes_everything=False, groups=frozenset())
ROOT = Access(signed_in=True, passes_everything=True, groups=frozenset())


def restriction(kind: str, *groups: int) -> Restriction:
    return Restriction("p1", "00010001", kind, frozenset(groups))


@pytest.mark.parametrize(
    ("kind", "groups", "visitor", "signed_in", "root"),
    [
        ("none", (), True, True, True),
        ("login", (), False, True, True),
        ("groups", (7, 8), False, True, True),
        ("groups", (8,), False, False, True),
        ("groups", (), False, False, True),
        ("password", (), False, False, False),
        ("unheard of", (), False, False, True),
    ],
)
def test_each_kind_of_restriction_admits_whom_it_should(
    kind: str, groups: tuple[int, ...], visitor: bool, signed_in: bool, root: bool
) -> None:
    asked = restriction(kind, *groups)
    answers = [asked.admits(viewer) for viewer in (VISITOR, SIGNED_IN, ROOT)]
    assert answers == [visitor, signed_in, root]


def test_a_restriction_applies_to_its_item_and_everything_below() -> None:
    asked = restriction("login")
    assert asked.applies_to("00010001")
    assert asked.applies_to("000100010003")
    assert not asked.applies_to("00010002")
    assert not asked.applies_to("0001")


def test_a_rule_names_every_restriction_on_the_way_to_the_root() -> None:
    home = HomePageFactory()
    library = StandardPageFactory(parent=home, slug="library")
    guide = StandardPageFactory(parent=library, slug="guide")
    beside = StandardPageFactory(parent=home, slug="beside")
    keys = {
        f"p{PageViewRestriction.objects.create(page=page, restriction_type=kind).pk}"
        for page, kind in ((library, "login"), (guide, "groups"))
    }
    rules = Restrictions()
    assert set(rules.rule_of_page(guide.path).split(",")) == keys
    assert rules.rule_of_page(guide.path) == ",".join(sorted(keys))
    assert rules.rule_of_page(library.path) in keys
    assert rules.rule_of_page(beside.path) == PUBLIC
    assert rules.rule_of_page(home.path) == PUBLIC


def test_restrictions_of_pages_and_collections_are_not_mixed_up() -> None:
    """Their trees have the same paths, so a page must not be hidden by a collection."""
    home = HomePageFactory()
    folder = FolderFactory()
    restrict_collection(folder)
    rules = Restrictions()
    assert rules.of_pages == ()
    assert rules.rule_of_page(folder.path) == PUBLIC
    assert rules.rule_of_collection(folder.path) != PUBLIC
    restrict_page(home)
    rules = Restrictions()
    assert len({each.key for each in (*rules.of_pages, *rules.of_collections)}) == 2


def test_a_rule_with_a_restriction_that_is_gone_admits_nobody() -> None:
    page = StandardPageFactory(parent=HomePageFactory())
    restrict_page(page)
    rule = Restrictions().rule_of_page(page.path)
    assert SIGNED_IN.passes(PUBLIC)
    for viewer in (SIGNED_IN, ROOT):
        fresh = Access(
            signed_in=True,
            passes_everything=viewer.passes_everything,
            groups=viewer.groups,
        )
        assert fresh.passes(rule)
        assert not fresh.passes(f"{rule},p999999")
        assert not fresh.passes("c999999")


def test_all_restrictions_are_read_in_one_query(count_queries: Any) -> None:
    home = HomePageFactory()
    groups = [WorkingGroupFactory().group for _ in range(3)]
    for number in range(5):
        page = StandardPageFactory(parent=home, slug=f"p{number}")
        restrict_page(page, *groups)
        FolderFactory(groups=groups)
    with count_queries() as asked:
        rules = Restrictions()
        found = [*rules.of_pages, *rules.of_collections, *rules.by_key]
    assert len(asked) == 1
    assert len(found) == 20
    assert {each.groups for each in rules.of_pages} == {
        frozenset(group.pk for group in groups)
    }


def test_a_page_that_moves_takes_the_restrictions_of_its_new_place(
    stranger: User,
) -> None:
    home = HomePageFactory()
    shut = restrict_page(
        StandardPageFactory(parent=home, slug="shut"), WorkingGroupFactory().group
    )
    page = StandardPageFactory(parent=home, slug="page")
    assert access_of(stranger).may_see_page(page)
    page.move(shut, pos="last-child")
    moved = Page.objects.get(pk=page.pk)
    assert not access_of(stranger).may_see_page(moved)
    assert not Page.objects.filter(access_of(stranger).page_q, pk=page.pk).exists()


def test_a_collection_moved_in_the_cms_takes_the_restrictions_of_its_new_place(
    client_of: Any, administrator: User, stranger: User
) -> None:
    shut = FolderFactory(name="Shut", groups=[WorkingGroupFactory().group])
    folder = FolderFactory(name="Open")
    document = DocumentFactory(collection=folder)
    assert document in Document.objects.visible_to(stranger)
    # Administrators see a collection of a group that they are not in only as superusers.
    User.objects.filter(pk=administrator.pk).update(is_superuser=True)
    answer = client_of(administrator).post(
        reverse("wagtailadmin_collections:edit", args=(folder.pk,)),
        {"name": "Open", "parent": shut.pk},
    )
    assert answer.status_code == 302
    moved = Collection.objects.get(pk=folder.pk)
    assert moved.is_child_of(Collection.objects.get(pk=shut.pk))
    assert not access_of(stranger).may_see_collection(moved.path)
    assert document not in Document.objects.visible_to(stranger)


def test_what_was_for_a_deleted_working_group_is_for_nobody(
    member: User, working_group: WorkingGroup
) -> None:
    page = restrict_page(
        StandardPageFactory(parent=HomePageFactory()), working_group.group
    )
    assert access_of(member).may_see_page(page)
    working_group.delete()
    for viewer in (member, AnonymousUser()):
        assert not access_of(viewer).may_see_page(page)


def test_the_last_organization_takes_the_pages_of_members_along(
    client_of: Any, member: User
) -> None:
    page = restrict_page(
        StandardPageFactory(parent=HomePageFactory(), slug="ours"), members_group()
    )
    client = client_of(member)
    assert client.get(page.url).status_code == 200
    leave_organization(user=member, organization=member.organizations.get())
    assert client.get(page.url).status_code != 200


@pytest.fixture
def editors(
    editor: User, moderator: User, owner: User, member: User, working_group: Any
) -> list[User]:
    """Return people with and without the groups of members and of the working group."""
    outside = User.objects.create_user("translator@example.org")
    root = User.objects.create_superuser("root@example.org")
    return [editor, moderator, owner, member, outside, root]


def restrict_at_random(dice: random.Random, model: Any, owner: str, item: Any) -> None:
    made = model.objects.create(**{owner: item}, restriction_type=dice.choice(KINDS))
    if made.restriction_type == "groups":
        groups = [members_group(), *Group.objects.exclude(working_group=None)]
        made.groups.set(dice.sample(groups, dice.randint(0, len(groups))))


@pytest.mark.parametrize("seed", range(3))
def test_twins_of_the_cms_agree_on_random_trees(editors: list[User], seed: int) -> None:
    dice = random.Random(seed)
    WorkingGroupFactory(name="Kitchen")
    pages: list[Page] = [HomePageFactory()]
    folders = [Collection.get_first_root_node()]
    for number in range(9):
        above = Page.objects.get(pk=dice.choice(pages).pk).specific
        live = dice.random() > 0.3
        pages.append(StandardPageFactory(parent=above, slug=f"p{number}", live=live))
        parent = Collection.objects.get(pk=dice.choice(folders).pk)
        folders.append(FolderFactory(parent=parent))
    documents = [DocumentFactory(collection=folder) for folder in folders]
    for page, folder in zip(
        dice.sample(pages[1:], 5), dice.sample(folders[1:], 5), strict=True
    ):
        restrict_at_random(dice, PageViewRestriction, "page", page)
        restrict_at_random(dice, CollectionViewRestriction, "collection", folder)
    for person in editors:
        access = access_of(person)
        assert set(Page.objects.filter(access.cms_page_q)) == {
            each for each in Page.objects.all() if access.cms_shows_page(each.path)
        }
        shown = {
            each
            for each in Collection.objects.all()
            if access.cms_shows_collection(each.path)
        }
        assert set(Collection.objects.filter(access.cms_collection_q)) == shown
        assert set(Document.objects.filter(access.cms_file_q)) == {
            each for each in documents if each.collection in shown
        }


def test_the_cms_hides_only_what_other_groups_keep_to_themselves(
    editor: User, owner: User
) -> None:
    home = HomePageFactory()
    group = WorkingGroup.objects.get().group
    of_group, of_members, draft, by_password = (
        StandardPageFactory(parent=home, slug=slug, live=slug != "draft")
        for slug in ("group", "members", "draft", "password")
    )
    restrict_page(of_group, group)
    restrict_page(of_members, members_group())
    PageViewRestriction.objects.create(
        page=by_password, restriction_type="password", password="tea"
    )
    outside = User.objects.create_user("translator@example.org")
    for person in (editor, outside):
        shows = access_of(person).cms_shows_page
        assert not shows(of_group.path)
        assert all(shows(page.path) for page in (of_members, draft, by_password))
    assert access_of(owner).cms_shows_page(of_group.path)
