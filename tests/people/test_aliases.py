"""Restrictions of the source of an alias: twins agree, in one query, also for search."""

import random
from dataclasses import replace
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser, Group
from wagtail.models import Page, PageViewRestriction

from people.access import access_of
from people.models import PUBLIC, Restriction, Restrictions, User, paths_read_alike
from search.access import rules_passed_by
from tests.factories import HomePageFactory, StandardPageFactory, restrict_page

pytestmark = pytest.mark.django_db


def reasons(page: Page) -> set[PageViewRestriction]:
    """Return all restrictions between the root and the page, and those of each source."""
    found: set[PageViewRestriction] = set()
    for each in page.get_ancestors(inclusive=True):
        found |= set(each.view_restrictions.all())
        if each.alias_of:
            found |= reasons(each.alias_of)
    return found


class Asker:
    """As much of a request as Wagtail's restrictions look at."""

    def __init__(self, user: Any) -> None:
        self.user, self.session = user, {}


def plant(dice: random.Random) -> None:
    """Make a random tree in which about half of the pages are aliases."""
    pages: list[Page] = [HomePageFactory()]
    for number in range(20):
        parent = Page.objects.get(pk=dice.choice(pages).pk).specific
        source = dice.choice(pages)
        if len(pages) > 3 and dice.random() < 0.5 and source.depth > 2:
            made = source.create_alias(parent=parent, update_slug=f"a{number}")
        else:
            live = dice.random() > 0.2
            made = StandardPageFactory(parent=parent, slug=f"p{number}", live=live)
        pages.append(made)
    for page in dice.sample([each for each in pages if not each.alias_of_id], 3):
        kind = dice.choice(("login", "groups", "password"))
        restriction = PageViewRestriction.objects.create(
            page=page, restriction_type=kind
        )
        restriction.groups.set(dice.sample(list(Group.objects.all()), 2))


@pytest.mark.parametrize("seed", range(6))
def test_twins_agree_on_random_trees_with_aliases(
    stranger: User, member: User, editor: User, seed: int
) -> None:
    plant(random.Random(seed))
    root = User.objects.create_superuser("root@example.org")
    everything = list(Page.objects.all())
    for viewer in (AnonymousUser(), stranger, member, editor, root):
        access = access_of(viewer)
        seen = {page for page in everything if access.may_see_page(page)}
        assert seen == set(Page.objects.filter(access.page_q))
        assert seen == {
            page
            for page in everything
            if page.live
            and all(
                each.restriction_type != "password"
                and each.accept_request(Asker(viewer))
                for each in reasons(page)
            )
        }
        rules = rules_passed_by(viewer)
        for page in everything:
            if page.live:
                rule = access.restrictions.rule_of_page(page.path)
                assert (page in seen) == (rule in rules)
        assert {page for page in everything if access.cms_shows_page(page.path)} == set(
            Page.objects.filter(access.cms_page_q)
        )


def test_rules_of_aliases_name_each_restriction_once_in_one_query(
    count_queries: Any,
) -> None:
    home = HomePageFactory()
    source = restrict_page(StandardPageFactory(parent=home, slug="source"))
    below = restrict_page(StandardPageFactory(parent=source, slug="below"))
    aliases = [
        below.create_alias(parent=home, update_slug=f"alias-{number}")
        for number in range(5)
    ]
    again = aliases[0].create_alias(parent=aliases[1], update_slug="again")
    with count_queries() as asked:
        rules = Restrictions()
        found = {rules.rule_of_page(each.path) for each in (*aliases, again)}
    assert len(asked) == 1
    assert found == {rules.rule_of_page(below.path)}
    assert len(found.pop().split(",")) == 2
    assert rules.rule_of_page(home.path) == PUBLIC


@pytest.mark.parametrize("many", [1, 100, 101, 3000])
def test_many_closed_places_do_not_break_a_list(visitor: Any, many: int) -> None:
    """As with an alias of a closed page in each of them: SQLite bounds an expression."""
    home = HomePageFactory()
    inside = restrict_page(StandardPageFactory(parent=home, slug="inside"))
    access = access_of(visitor)
    [closed] = access.restrictions.of_pages
    places = [f"{home.path}Z{number:03X}" for number in range(1, many)]
    elsewhere = [replace(closed, path=place, by_alias=True) for place in places]
    access.restrictions.__dict__["_all"] = {"p": (closed, *elsewhere), "c": ()}
    assert set(Page.objects.filter(access.page_q, depth__gt=1)) == {home.page_ptr}
    assert not access.may_see_page(inside)


def test_an_alias_of_an_alias_may_come_before_it_in_the_tree() -> None:
    home = HomePageFactory()
    early = StandardPageFactory(parent=home, slug="early")
    source = restrict_page(StandardPageFactory(parent=home, slug="source"))
    alias = source
    for number in range(3):
        alias = alias.create_alias(parent=home, update_slug=f"alias-{number}")
    early = Page.objects.get(pk=early.pk)
    last = alias.create_alias(parent=early, update_slug="last")
    assert last.path < alias.path
    rules = Restrictions()
    assert rules.rule_of_page(last.path) == rules.rule_of_page(source.path) != PUBLIC


def test_the_pages_that_are_read_alike_are_found_across_aliases() -> None:
    home = HomePageFactory()
    source = StandardPageFactory(parent=home, slug="source")
    first = source.create_alias(parent=home, update_slug="first")
    inside = first.create_alias(parent=source, update_slug="inside")
    below = StandardPageFactory(parent=first, slug="below")
    second = below.create_alias(parent=home, update_slug="second")
    alike = paths_read_alike(source.path)
    assert alike == [source.path, first.path, second.path]
    assert inside.path.startswith(source.path)
    assert paths_read_alike(second.path) == [second.path]


@pytest.mark.parametrize(
    ("new", "old", "answer"),
    [
        (("login", ()), ("login", ()), True),
        (("groups", (7,)), ("login", ()), True),
        (("groups", (7,)), ("groups", (7, 8)), True),
        (("password", ()), ("groups", (7,)), True),
        (("login", ()), ("none", ()), True),
        (("login", ()), ("groups", (7,)), False),
        (("groups", (7, 8)), ("groups", (7,)), False),
        (("none", ()), ("login", ()), False),
        (("login", ()), ("password", ()), False),
    ],
)
def test_a_restriction_knows_whether_another_one_admits_more(
    new: tuple[str, tuple[int, ...]], old: tuple[str, tuple[int, ...]], answer: bool
) -> None:
    first, second = (
        Restriction("p1", "0001", kind, frozenset(groups))
        for kind, groups in (new, old)
    )
    assert first.admits_no_more_than(second) is answer
