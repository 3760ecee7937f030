"""Moves and copies around aliases, and privacy that depends on that of a place.

The attack: a place is closed today, but only by an alias or by the section that it is in. A
page is put there without a question, and opens later.
"""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, PageViewRestriction

from people.actions import join_working_group
from people.models import Restrictions, paths_read_alike
from tests.factories import (
    LibraryIndexFactory,
    ResourcePageFactory,
    Tree,
    members_group,
    restrict_page,
)

from .test_copies_and_moves import confirmed, question_of, status

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client_of: Any, moderator: Any, working_group: Any) -> Client:
    join_working_group(user=moderator, working_group=working_group)
    browser: Client = client_of(moderator)
    return browser


@pytest.fixture
def closed(site_tree: Tree, working_group: Any) -> Any:
    return LibraryIndexFactory(
        parent=site_tree.library, slug="closed", groups=[working_group.group]
    )


def section(parent: Any, slug: str) -> Any:
    return LibraryIndexFactory(parent=parent, slug=slug, revised=True)


def move(client: Client, page: Any, parent: Any, **sent: Any) -> Any:
    url = reverse("wagtailadmin_pages:move_confirm", args=[page.pk, parent.pk])
    return client.post(url, sent)


def is_open(page: Any) -> bool:
    return status(Client(), Page.objects.get(pk=page.pk).url) == 200


def test_a_page_below_its_own_alias(desk: Client, site_tree: Tree, closed: Any) -> None:
    box = section(closed, "box")
    alias = box.create_alias(parent=site_tree.library, update_slug="alias")
    assert question_of(move(desk, box, alias))
    desk.post(
        f"/cms/api/main/pages/{box.pk}/action/move/",
        {"destination_page_id": alias.pk, "position": "last-child"},
    )
    several = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "move"])
    desk.post(f"{several}?next=/cms/&id={box.pk}", {"chooser": alias.pk})
    assert not is_open(box)
    assert not is_open(alias)


def test_a_section_below_the_alias_of_a_page_in_it(
    desk: Client, site_tree: Tree, closed: Any
) -> None:
    outer = section(closed, "outer")
    alias = section(outer, "inner").create_alias(
        parent=site_tree.library, update_slug="alias"
    )
    assert question_of(move(desk, outer, alias))


def test_an_alias_with_its_source_below_it(
    desk: Client, site_tree: Tree, closed: Any
) -> None:
    source = section(site_tree.library, "source")
    alias = source.create_alias(parent=closed, update_slug="alias")
    secret = section(Page.objects.get(pk=alias.pk).specific, "secret")
    assert move(desk, source, alias).status_code == 302
    assert question_of(move(desk, alias, site_tree.library))
    assert not is_open(secret)


def test_a_place_below_an_alias_counts_as_open(
    desk: Client, site_tree: Tree, closed: Any
) -> None:
    """It opens with the source of the alias, when nobody thinks of it any more."""
    source, secret = section(closed, "source"), section(closed, "secret")
    alias = source.create_alias(parent=site_tree.library, update_slug="alias")
    assert question_of(move(desk, secret, alias))


def test_a_move_within_a_closed_section_asks_nothing(desk: Client, closed: Any) -> None:
    first, second = section(closed, "first"), section(closed, "second")
    assert move(desk, first, second).status_code == 302
    assert not is_open(first)


@pytest.mark.parametrize("made_by", ["copy", "convert_alias"])
def test_what_leaves_a_page_keeps_its_privacy_where_the_place_has_the_same(
    desk: Client, site_tree: Tree, working_group: Any, made_by: str
) -> None:
    page = ResourcePageFactory(parent=site_tree.library, slug="notes", revised=True)
    for each in (page, site_tree.shelf):
        restrict_page(each, working_group.group)
    if made_by == "copy":
        sent = {
            "new_title": "Notes",
            "new_slug": "made",
            "new_parent_page": site_tree.shelf.pk,
            "publish_copies": "on",
        }
        target = page.pk
    else:
        sent = {}
        target = page.create_alias(parent=site_tree.shelf, update_slug="made").pk
    url = reverse(f"wagtailadmin_pages:{made_by}", args=[target])
    assert desk.post(url, sent).status_code == 302
    PageViewRestriction.objects.filter(page=site_tree.shelf).delete()
    assert not is_open(Page.objects.get(slug="made"))


def test_a_confirmation_counts_for_the_readers_that_it_named(
    desk: Client, client_of: Any, administrator: Any, site_tree: Tree, closed: Any
) -> None:
    page = ResourcePageFactory(parent=closed, slug="notes", revised=True)
    other = restrict_page(section(site_tree.library, "other"), members_group())
    asked = move(desk, page, other)
    assert question_of(asked)
    privacy = reverse("wagtailadmin_pages:set_privacy", args=[other.pk])
    client_of(administrator).post(privacy, {"restriction_type": "login"})
    again = move(desk, page, other, **confirmed(asked))
    assert question_of(again)
    assert move(desk, page, other, **confirmed(again)).status_code == 302


def test_more_aliases_than_the_database_compares_at_once(site_tree: Tree) -> None:
    """SQLite refuses an expression that is nested a thousand deep."""
    source = section(site_tree.library, "source")
    path = site_tree.library.path
    blank = Page.objects.get(pk=source.pk)
    steps = [Page._int2str(9_000 + n).rjust(Page.steplen, "0") for n in range(1_100)]
    Page.objects.bulk_create(
        Page(
            path=f"{path}{step}",
            depth=source.depth,
            slug=f"alias-{step}",
            title="Alias",
            url_path=f"{site_tree.library.url_path}alias-{step}/",
            alias_of=blank,
            locale=blank.locale,
            content_type=blank.content_type,
        )
        for step in steps
    )
    assert len(paths_read_alike(source.path)) == len(steps) + 1
    restrict_page(source, members_group())
    known = Restrictions()
    assert all(known.rule_of_page(f"{path}{step}") for step in steps)
    assert len(known.after_move(source.path, site_tree.shelf.path)) == 1


@pytest.mark.parametrize("how", ["move", "copy"])
def test_what_left_a_hidden_section_does_not_name_it_to_others(
    desk: Client,
    client_of: Any,
    administrator: Any,
    site_tree: Tree,
    working_group: Any,
    django_capture_on_commit_callbacks: Any,
    how: str,
) -> None:
    """The history says where a page came from, and a redirect has its former URL."""
    word = "meadowsweet"
    hidden = LibraryIndexFactory(
        parent=site_tree.library,
        title=f"Secret {word}",
        slug=f"secret-{word}",
        groups=[working_group.group],
    )
    page = ResourcePageFactory(parent=hidden, title="Notes", slug="o", revised=True)
    url, sent = _leaving(how, page, site_tree.library)
    with django_capture_on_commit_callbacks(execute=True):
        done = desk.post(url, {**sent, **confirmed(desk.post(url, sent))})
    assert done.status_code == 302
    left = Page.objects.get(slug="o" if how == "move" else "made")
    for url in (
        reverse("wagtailadmin_pages:history", args=[left.pk]),
        reverse("wagtailadmin_reports:site_history"),
        reverse("wagtailredirects:index"),
    ):
        answer = client_of(administrator).get(url)
        assert answer.status_code == 200
        assert word not in answer.content.decode(), url


def _leaving(how: str, page: Any, parent: Any) -> tuple[str, dict[str, Any]]:
    """Return the URL that moves or copies a page below the parent, and its form."""
    if how == "move":
        args = [page.pk, parent.pk]
        return reverse("wagtailadmin_pages:move_confirm", args=args), {}
    form = {"new_title": "Notes", "new_slug": "made", "new_parent_page": parent.pk}
    return reverse("wagtailadmin_pages:copy", args=[page.pk]), form
