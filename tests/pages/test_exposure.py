"""What says that something hidden exists, and must not."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import PageViewRestriction

from tests.factories import GuidePageFactory, Tree

pytestmark = pytest.mark.django_db
Browser = Callable[[Any], Client]


def test_an_old_address_leads_on_only_who_may_see_where(
    site_tree: Tree, client_of: Browser, member: Any, stranger: Any, visitor: Any
) -> None:
    Redirect.objects.create(
        old_path="/old", redirect_page=site_tree.group_page, is_permanent=True
    )
    assert client_of(visitor).get("/old/").status_code == 404
    assert client_of(stranger).get("/old/").status_code == 404
    answer = client_of(member).get("/old/")
    assert answer.status_code == 301
    assert answer["Location"].endswith(site_tree.group_page.url)


def test_an_old_address_of_a_public_page_leads_on_everybody(
    site_tree: Tree, client: Client
) -> None:
    Redirect.objects.create(old_path="/old", redirect_page=site_tree.about)
    assert client.get("/old/?from=mail")["Location"].endswith(site_tree.about.url)


@pytest.mark.parametrize("listed", [True, False])
def test_the_name_of_a_group_that_hides_stands_on_nothing_public(
    site_tree: Tree, client: Client, listed: bool
) -> None:
    site_tree.group.listed = listed
    site_tree.group.save()
    guide = GuidePageFactory(
        parent=site_tree.library, title="Made together", working_group=site_tree.group
    )
    name = site_tree.group.name
    assert (name in client.get(guide.url).content.decode()) is listed
    filtered = client.get(site_tree.library.url, {"group": site_tree.group.public_id})
    assert (name in filtered.content.decode()) is listed


def test_a_page_with_a_password_asks_for_it_in_our_words(
    site_tree: Tree, client: Client
) -> None:
    PageViewRestriction.objects.create(
        page=site_tree.about,
        restriction_type=PageViewRestriction.PASSWORD,
        password="tea",
    )
    asked = client.get(site_tree.about.url).content.decode()
    assert "This page has a password" in asked
    assert "<label" in asked
