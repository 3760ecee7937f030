"""A page is protected by a password, and a stranger asks Wagtail's form for other pages."""

from collections.abc import Callable

import pytest
from django.test import Client
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    Page,
    PageViewRestriction,
)

from people.models import User
from tests.access.guarded import GROUP_WORD, GuardedSite
from tests.factories import Tree

pytestmark = pytest.mark.django_db


@pytest.fixture
def locked(site_tree: Tree) -> PageViewRestriction:
    return lock(site_tree.about)


def lock(page: Page) -> PageViewRestriction:
    return PageViewRestriction.objects.create(
        page=page, restriction_type=PageViewRestriction.PASSWORD, password="tea"
    )


def test_the_form_shows_no_page(client: Client, guarded: GuardedSite) -> None:
    locked = lock(guarded.tree.about)
    for page in guarded.kept:
        where = f"/_util/authenticate_with_password/{locked.pk}/{page.pk}/"
        for answer in (
            client.get(where),
            client.post(where, {"password": "tea", "return_url": "/"}),
        ):
            words = answer.content.decode()
            assert answer.status_code == 404
            assert GROUP_WORD not in words
            assert page.title not in words


@pytest.mark.parametrize("role", ["visitor", "member", "editor", "administrator"])
def test_a_page_with_a_password_is_hidden_from_everybody(
    role: str, browser_of: Callable, site_tree: Tree, locked: PageViewRestriction
) -> None:
    browser = browser_of(role)
    assert browser.get(site_tree.about.url).status_code == 404
    assert browser.post(site_tree.about.url, {"password": "tea"}).status_code == 404


def test_the_cms_offers_no_password(
    client_of: Callable, administrator: User, site_tree: Tree
) -> None:
    desk = client_of(administrator)
    where = f"/cms/pages/{site_tree.about.pk}/privacy/"
    form = desk.get(where).content.decode()
    assert "groups" in form
    assert "password" not in form
    chosen = {"restriction_type": PageViewRestriction.PASSWORD, "password": "tea"}
    assert desk.post(where, chosen).status_code == 200
    assert not PageViewRestriction.objects.filter(page=site_tree.about).exists()


def test_the_cms_offers_no_password_for_a_collection(
    client_of: Callable, administrator: User
) -> None:
    administrator.is_superuser = True
    administrator.save()
    collection = Collection.get_first_root_node().add_child(name="Minutes")
    where = f"/cms/collections/{collection.pk}/privacy/"
    desk = client_of(administrator)
    assert "password" not in desk.get(where).content.decode()
    desk.post(where, {"restriction_type": "password", "password": "tea"})
    assert not CollectionViewRestriction.objects.filter(collection=collection).exists()
