"""People in the CMS, by each role, through HTTP."""

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from wagtail.models import Page

from people.actions import Role
from people.models import Organization, User, WorkingGroup
from tests.factories import HomePageFactory, UserFactory

pytestmark = pytest.mark.django_db
USERS = "/cms/users/"
ORGANIZATIONS = "/cms/snippets/people/organization/"
GROUPS = "/cms/snippets/people/workinggroup/"
CONTRIBUTORS = "/cms/snippets/people/contributor/"
FILES = (
    "/cms/documents/",
    "/cms/images/",
    "/cms/documents/chooser/",
    "/cms/images/chooser/",
    "/cms/media/",
    "/cms/media/chooser/",
)


@pytest.fixture(autouse=True)
def _home(db: None) -> None:
    HomePageFactory()


def opens(client: Any, url: str) -> bool:
    answer = client.get(url)
    return answer.status_code == 200


@pytest.mark.parametrize(
    ("who", "users", "organizations"),
    [
        ("editor", False, False),
        ("moderator", False, True),
        ("administrator", True, True),
    ],
)
def test_each_role_reaches_what_it_needs(
    request: Any, client_of: Any, who: str, users: bool, organizations: bool
) -> None:
    client = client_of(request.getfixturevalue(who))
    for url in (*FILES, CONTRIBUTORS, f"{CONTRIBUTORS}add/", "/cms/pages/"):
        assert client.get(url, follow=True).status_code == 200, url
        assert opens(client, url) or url == "/cms/pages/", url
    assert opens(client, USERS) is users
    for url in (ORGANIZATIONS, GROUPS, f"{ORGANIZATIONS}add/", f"{GROUPS}add/"):
        assert opens(client, url) is organizations, url


def test_editors_write_and_moderators_publish(editor: User, moderator: User) -> None:
    root = Page.objects.get(depth=2)
    assert not root.permissions_for_user(editor).can_publish_subpage()
    assert root.permissions_for_user(editor).can_add_subpage()
    assert root.permissions_for_user(moderator).can_publish_subpage()


def test_accounts_are_listed_found_made_changed_and_closed(
    client_of: Any, administrator: User, member: User
) -> None:
    client = client_of(administrator)
    assert member.name in client.get(f"{USERS}?q=member@example").content.decode()
    assert member.email in client.get(f"{USERS}?ordering=name").content.decode()
    editors = Group.objects.get(name=Role.EDITOR)
    made = {"email": "New@Example.org", "name": "Nia", "groups": [editors.pk]}
    assert client.post(reverse("wagtailusers_users:add"), made).status_code == 302
    new = User.objects.get(email="new@example.org")
    assert not new.has_usable_password()
    assert editors in new.groups.all()
    EmailAddress.objects.create(user=new, email=new.email, verified=True, primary=True)
    changed = {"email": "other@example.org", "name": "Nia", "is_active": "on"}
    client.post(reverse("wagtailusers_users:edit", args=(new.pk,)), changed)
    new.refresh_from_db()
    assert new.email == "other@example.org"
    assert not EmailAddress.objects.filter(user=new).exists()
    client.post(reverse("wagtailusers_users:delete", args=(new.pk,)))
    new.refresh_from_db()
    assert (new.is_active, new.name) == (False, "A member")


def test_many_accounts_are_not_deleted_at_once(
    client_of: Any, administrator: User, member: User
) -> None:
    client = client_of(administrator)
    assert "data-bulk-action-checkbox" not in client.get(USERS).content.decode()
    for action in ("delete", "set_active_state", "assign_role"):
        url = reverse("wagtail_bulk_action", args=("people", "user", action))
        answer = client.post(f"{url}?id={member.pk}", {"mark_as_active": "False"})
        assert answer.url == "/cms/"
    member.refresh_from_db()
    assert member.is_active


def test_the_last_administrator_is_not_closed_in_the_cms(
    client_of: Any, administrator: User, editor: User
) -> None:
    editor.user_permissions.add(
        *Permission.objects.filter(content_type__app_label="people")
    )
    url = reverse("wagtailusers_users:delete", args=(administrator.pk,))
    answer = client_of(editor).post(url, follow=True)
    assert "the only administrator" in answer.content.decode()
    administrator.refresh_from_db()
    assert administrator.is_active


def test_the_form_of_an_account_leaves_memberships_alone(
    client_of: Any, administrator: User, member: User, working_group: WorkingGroup
) -> None:
    client = client_of(administrator)
    form = client.get(
        reverse("wagtailusers_users:edit", args=(member.pk,))
    ).content.decode()
    assert working_group.group.name not in form
    client.post(
        reverse("wagtailusers_users:edit", args=(member.pk,)),
        {"email": member.email, "name": "Mika", "is_active": "on"},
    )
    assert {each.name for each in member.groups.all()} == {
        "Members",
        working_group.group.name,
    }


def memberships(*rows: dict[str, Any]) -> dict[str, Any]:
    given: dict[str, Any] = {
        "memberships-TOTAL_FORMS": len(rows),
        "memberships-INITIAL_FORMS": sum("id" in row for row in rows),
        "memberships-MIN_NUM_FORMS": 0,
        "memberships-MAX_NUM_FORMS": 1000,
    }
    for number, row in enumerate(rows):
        given |= {f"memberships-{number}-{key}": value for key, value in row.items()}
    return given


def test_members_of_an_organization_are_kept_in_the_cms(
    client_of: Any, moderator: User
) -> None:
    client, user = client_of(moderator), UserFactory()
    data = {"name": "Harbour House", "kind": "supportive"}
    row: dict[str, Any] = {"user": user.pk, "role": "lead"}
    assert (
        client.post(f"{ORGANIZATIONS}add/", data | memberships(row)).status_code == 302
    )
    place = Organization.objects.get(name="Harbour House")
    assert "Members" in user.groups.values_list("name", flat=True)
    row |= {"id": place.memberships.get().pk, "DELETE": "on"}
    client.post(f"{ORGANIZATIONS}edit/{place.pk}/", data | memberships(row))
    assert not user.groups.exists()


def test_a_working_group_made_in_the_cms_has_its_permission_group(
    client_of: Any, moderator: User, member: User
) -> None:
    data = {"name": "Kitchen"} | memberships({"user": member.pk, "role": "member"})
    assert client_of(moderator).post(f"{GROUPS}add/", data).status_code == 302
    group = WorkingGroup.objects.get(name="Kitchen")
    assert group.group in member.groups.all()


def test_the_cms_account_page_opens(client_of: Any, editor: User) -> None:
    assert opens(client_of(editor), "/cms/account/")
