"""Lists of the CMS that name what they were asked for, or what is gone: bulk actions, history.

The walk of `test_hidden_ids` finds these too, but only as a whole.
"""

from typing import Any

import pytest

from tests.factories import community_member

from .hidden_site import KEY, SECRET, HiddenSite, make_hidden_site

pytestmark = pytest.mark.django_db


@pytest.fixture
def hidden(organization: Any) -> HiddenSite:
    author = community_member(organization=organization, email="author@example.org")
    return make_hidden_site(organization, author, group_name="Quiet group")


@pytest.mark.parametrize("action", ["delete", "move", "publish", "unpublish"])
def test_a_bulk_action_names_no_hidden_page(
    client_of: Any, editor: Any, hidden: HiddenSite, action: str
) -> None:
    path = f"/cms/bulk/wagtailcore/page/{action}/"
    answer = client_of(editor).get(path, {"id": [KEY, hidden.public.pk]}, follow=True)
    assert answer.status_code == 200
    assert hidden.public.title in answer.content.decode()
    assert SECRET not in answer.content.decode()


def test_the_history_of_the_site_names_no_page_that_others_deleted(
    client_of: Any, administrator: Any, hidden: HiddenSite
) -> None:
    answer = client_of(administrator).get("/cms/reports/site-history/", follow=True)
    assert answer.status_code == 200
    assert "Site history" in answer.content.decode()
    assert SECRET not in answer.content.decode()
