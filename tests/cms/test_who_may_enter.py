"""Who may use which URL of the CMS: editors, members, visitors, people who lost access."""

from typing import Any

import pytest
from django.urls import reverse

from pages.models import BasePage
from people.actions import (
    Role,
    join_working_group,
    leave_working_group,
    revoke_role,
)
from tests.cms.forms import edit_url, open_form
from tests.factories import StandardPageFactory

pytestmark = pytest.mark.django_db


def urls(page: Any) -> dict[str, str]:
    pages = "wagtailadmin_pages:"
    return {
        "dashboard": reverse("wagtailadmin_home"),
        "explorer": reverse("wagtailadmin_explore", args=[page.get_parent().pk]),
        "edit": edit_url(page),
        "history": reverse(f"{pages}history", args=[page.pk]),
        "copy": reverse(f"{pages}copy", args=[page.pk]),
        "documents": reverse("wagtaildocs:index"),
        "topics": reverse("wagtailsnippets_pages_topic:list"),
    }


def statuses(client: Any, page: Any) -> dict[str, int]:
    return {name: client.get(url).status_code for name, url in urls(page).items()}


@pytest.fixture
def page(site_tree: Any) -> Any:
    page = StandardPageFactory(parent=site_tree.home, title="Tea at night")
    page.save_revision()
    return page


@pytest.fixture
def inside(site_tree: Any) -> Any:
    page = StandardPageFactory(parent=site_tree.group_page, title="Rough notes")
    page.save_revision()
    return page


@pytest.mark.parametrize("who", ["editor", "moderator", "administrator"])
def test_trusted_roles_use_the_cms(
    request: Any, client_of: Any, page: Any, who: str
) -> None:
    client = client_of(request.getfixturevalue(who))
    assert set(statuses(client, page).values()) == {200}


@pytest.mark.parametrize("who", ["owner", "member", "stranger"])
def test_everybody_else_finds_no_cms(
    request: Any, client_of: Any, page: Any, who: str
) -> None:
    client = client_of(request.getfixturevalue(who))
    assert set(statuses(client, page).values()) == {404}


def test_a_visitor_is_asked_to_sign_in(client: Any, page: Any) -> None:
    answer = client.get(edit_url(page))
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/")


def test_an_editor_who_has_just_lost_the_role_finds_no_cms(
    client_of: Any, editor: Any, page: Any
) -> None:
    client = client_of(editor)
    fields = open_form(client, page)
    revoke_role(user=editor, role=Role.EDITOR)
    assert set(statuses(client, page).values()) == {404}
    assert client.post(edit_url(page), fields).status_code == 404


def test_a_deactivated_editor_is_signed_out(
    client_of: Any, editor: Any, page: Any
) -> None:
    client = client_of(editor)
    editor.is_active = False
    editor.save()
    assert client.get(edit_url(page)).status_code == 302


def test_an_editor_finds_pages_of_a_group_only_as_its_member(
    client_of: Any, editor: Any, site_tree: Any, inside: Any
) -> None:
    client = client_of(editor)
    assert client.get(edit_url(inside)).status_code == 404
    join_working_group(user=editor, working_group=site_tree.group)
    assert client.get(edit_url(inside)).status_code == 200
    leave_working_group(user=editor, working_group=site_tree.group)
    assert client.get(edit_url(inside)).status_code == 404


def test_saving_a_page_of_a_group_that_one_has_just_left_is_refused(
    client_of: Any, editor: Any, site_tree: Any, inside: Any
) -> None:
    join_working_group(user=editor, working_group=site_tree.group)
    client = client_of(editor)
    fields = open_form(client, inside) | {"title": "Taken along"}
    leave_working_group(user=editor, working_group=site_tree.group)
    assert client.post(edit_url(inside), fields).status_code == 404
    inside.refresh_from_db()
    assert inside.get_latest_revision_as_object().title == "Rough notes"


@pytest.mark.parametrize(
    "name", ["move", "delete", "unpublish", "view_draft", "workflow_history", "usage"]
)
def test_an_editor_gets_404_for_every_view_of_a_hidden_page(
    client_of: Any, moderator: Any, inside: Any, name: str
) -> None:
    url = reverse(f"wagtailadmin_pages:{name}", args=[inside.pk])
    assert client_of(moderator).get(url).status_code == 404


def test_a_page_that_does_not_exist_is_404_too(client_of: Any, editor: Any) -> None:
    url = reverse("wagtailadmin_pages:edit", args=[987654])
    assert client_of(editor).get(url).status_code == 404


def test_a_page_cannot_be_moved_below_a_hidden_one(
    client_of: Any, administrator: Any, site_tree: Any, page: Any
) -> None:
    url = reverse(
        "wagtailadmin_pages:move_confirm", args=[page.pk, site_tree.group_page.pk]
    )
    assert client_of(administrator).post(url).status_code == 404
    page.refresh_from_db()
    assert page.get_parent().pk == site_tree.home.pk


def test_the_permissions_of_a_page_agree_with_the_policy(
    editor: Any, administrator: Any, site_tree: Any, inside: Any
) -> None:
    for user in (editor, administrator):
        shown = BasePage.objects.visible_in_cms_to(user)
        for page in BasePage.objects.filter(depth__gt=1):
            visible = shown.filter(pk=page.pk).exists()
            tester = page.specific.permissions_for_user(user)
            assert tester.hidden is not visible, page
            assert tester.can_edit() is visible, page


def test_nobody_unlocks_a_hidden_page(
    administrator: Any, site_tree: Any, inside: Any
) -> None:
    inside.locked = True
    inside.save()
    tester = inside.permissions_for_user(administrator)
    assert not tester.can_unlock()
    assert not tester.can_lock()
    join_working_group(user=administrator, working_group=site_tree.group)
    assert inside.permissions_for_user(administrator).can_unlock()
