"""Redirects, names of groups and passwords do not reveal hidden pages."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from wagtail.contrib.redirects.models import Redirect

from tests.factories import GuidePageFactory, Tree, restrict_page

pytestmark = pytest.mark.django_db
Browser = Callable[[Any], Client]


def test_a_redirect_works_only_for_people_who_may_see_its_target(
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


def test_a_redirect_to_a_public_page_works_for_everybody(
    site_tree: Tree, client: Client
) -> None:
    Redirect.objects.create(old_path="/old", redirect_page=site_tree.about)
    assert client.get("/old/?from=mail")["Location"].endswith(site_tree.about.url)


@pytest.mark.parametrize("listed", [True, False])
def test_an_unlisted_group_is_named_on_no_public_page(
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


def test_a_home_page_that_is_hidden_is_not_found(
    site_tree: Tree, client: Client
) -> None:
    """Routing begins below the home page, so only the hook of serving hides it."""
    restrict_page(site_tree.home, site_tree.group.group)
    answer = client.get("/")
    assert answer.status_code == 404
    assert site_tree.home.title not in answer.content.decode()
