"""The edit form neither shows nor accepts a successor that is hidden from the editor."""

from typing import Any

import pytest

from people.actions import join_working_group, leave_working_group
from tests.cms.forms import edit_url, open_form
from tests.factories import StandardPageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(site_tree: Any) -> Any:
    page = StandardPageFactory(parent=site_tree.home, title="Sheet of 2021")
    page.save_revision()
    return page


@pytest.fixture
def hidden(site_tree: Any) -> Any:
    return StandardPageFactory(parent=site_tree.group_page, title="Sheet of 2026")


def successor_of(page: Any) -> Any:
    page.refresh_from_db()
    return page.get_latest_revision_as_object().superseded_by


def save(client: Any, page: Any, **changed: Any) -> Any:
    return client.post(edit_url(page), open_form(client, page) | changed)


def test_an_editor_cannot_choose_a_page_of_a_group_of_others(
    client_of: Any, moderator: Any, page: Any, hidden: Any
) -> None:
    answer = save(client_of(moderator), page, superseded_by=hidden.pk)
    assert answer.status_code == 200
    html = answer.content.decode()
    assert "Select a valid choice." in html
    assert "Sheet of 2026" not in html
    assert successor_of(page) is None


def test_a_member_of_the_group_can_choose_it(
    client_of: Any, moderator: Any, site_tree: Any, page: Any, hidden: Any
) -> None:
    join_working_group(user=moderator, working_group=site_tree.group)
    assert save(client_of(moderator), page, superseded_by=hidden.pk).status_code == 302
    assert successor_of(page).pk == hidden.pk


def test_somebody_who_has_just_left_the_group_cannot_choose_it(
    client_of: Any, moderator: Any, site_tree: Any, page: Any, hidden: Any
) -> None:
    membership = join_working_group(user=moderator, working_group=site_tree.group)
    leave_working_group(user=moderator, working_group=site_tree.group)
    assert membership is not None
    answer = save(client_of(moderator), page, superseded_by=hidden.pk)
    assert answer.status_code == 200
    assert successor_of(page) is None


def test_a_hidden_successor_survives_the_save_of_somebody_else(
    client_of: Any, moderator: Any, page: Any, hidden: Any
) -> None:
    page.superseded_by = hidden
    page.save_revision()
    client = client_of(moderator)
    html = client.get(edit_url(page)).content.decode()
    assert "Something that you cannot see" in html
    assert "Sheet of 2026" not in html
    assert save(client, page, title="Sheet of 2021, checked").status_code == 302
    assert successor_of(page).pk == hidden.pk
