"""Lists of the CMS that name what they were asked for, or what is gone: bulk actions, history.

The walk of `test_hidden_ids` finds these too, but only as a whole.
"""

from typing import Any

import pytest
from django.test import Client

from tests.factories import community_member

from .hidden_site import KEY, SECRET, HiddenSite, make_hidden_site

pytestmark = pytest.mark.django_db


@pytest.fixture
def hidden(organization: Any) -> HiddenSite:
    author = community_member(organization=organization, email="author@example.org")
    group = f"Group of {SECRET}"
    return make_hidden_site(organization, author, group_name=group)


@pytest.fixture
def desk(client_of: Any, editor: Any, hidden: HiddenSite) -> Client:
    browser: Client = client_of(editor)
    return browser


@pytest.mark.parametrize("action", ["delete", "move", "publish", "unpublish"])
def test_a_bulk_action_names_no_hidden_page(
    desk: Client, hidden: HiddenSite, action: str
) -> None:
    path = f"/cms/bulk/wagtailcore/page/{action}/"
    answer = desk.get(path, {"id": [KEY, hidden.public.pk]}, follow=True)
    assert answer.status_code == 200
    assert hidden.public.title in answer.content.decode()
    assert SECRET not in answer.content.decode()


def test_the_history_of_the_site_names_no_page_that_others_deleted(
    desk: Client, hidden: HiddenSite
) -> None:
    answer = desk.get("/cms/reports/site-history/", follow=True)
    assert answer.status_code == 200
    assert "Site history" in answer.content.decode()
    assert SECRET not in answer.content.decode()
