"""Somebody was just removed, and goes on in a session that is still open.

The table of what each loss ends is in docs/decisions/0077.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from people.actions import (
    Role,
    grant_role,
    join_organization,
    join_working_group,
    leave_organization,
    leave_working_group,
    revoke_role,
    suspend_account,
)
from people.models import OrganizationMembership, User, WorkingGroupMembership
from search.actions import apply_changes
from tests.access.closing import close_response
from tests.factories import PASSWORD, OrganizationFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def hidden(site_tree: Any) -> dict[str, str]:
    """Return URLs that only members of the group open."""
    apply_changes()
    return {
        "page": site_tree.group_page.url,
        "document": site_tree.group_document.url,
    }


def opens(client: Client, urls: dict[str, str]) -> dict[str, bool]:
    found = {}
    for name, url in urls.items():
        answer = client.get(url)
        found[name] = answer.status_code == 200
        close_response(answer)
    return found


def assert_shut(client: Client, hidden: dict[str, str], site_tree: Any) -> None:
    assert not any(opens(client, hidden).values())
    assert site_tree.group_document.title not in client.get("/").content.decode()
    group = reverse("people:group_members", args=(site_tree.group.public_id,))
    assert client.get(group).status_code in {302, 404}


def by_lead(client_of: Callable, lead: User, user: User, organization: Any) -> None:
    url = reverse(
        "people:membership", args=("o", organization.public_id, user.public_id)
    )
    assert client_of(lead).post(url, {"remove": "1"}).status_code == 302


def by_row(client_of: Callable, lead: User, user: User, organization: Any) -> None:
    OrganizationMembership.objects.filter(user=user).delete()


def by_deletion(client_of: Callable, lead: User, user: User, organization: Any) -> None:
    organization.delete()


def by_themselves(
    client_of: Callable, lead: User, user: User, organization: Any
) -> None:
    url = reverse("people:leave_organization", args=(organization.public_id,))
    assert client_of(user).post(url).status_code == 302


def in_the_cms(client_of: Callable, lead: User, user: User, organization: Any) -> None:
    grant_role(user=lead, role=Role.MODERATOR)
    rows = list(organization.memberships.all())
    sent: dict[str, Any] = {
        "name": organization.name,
        "kind": organization.kind,
        "memberships-TOTAL_FORMS": len(rows),
        "memberships-INITIAL_FORMS": len(rows),
        "memberships-MIN_NUM_FORMS": 0,
        "memberships-MAX_NUM_FORMS": 1000,
    }
    for number, row in enumerate(rows):
        sent |= {
            f"memberships-{number}-{key}": value
            for key, value in {
                "id": row.pk,
                "user": row.user_id,
                "role": row.role,
                "DELETE": "on" if row.user_id == user.pk else "",
            }.items()
        }
    url = f"/cms/snippets/people/organization/edit/{organization.pk}/"
    assert client_of(lead).post(url, sent).status_code == 302


WAYS = [by_lead, by_row, by_deletion, by_themselves, in_the_cms]


@pytest.mark.parametrize("remove", WAYS)
def test_the_last_organization_takes_the_working_groups_along(
    client_of: Callable,
    settings: Any,
    owner: User,
    member: User,
    organization: Any,
    site_tree: Any,
    hidden: dict[str, str],
    remove: Any,
) -> None:
    settings.REQUIRE_SECOND_FACTOR = False
    client = client_of(member)
    assert all(opens(client, hidden).values())
    remove(client_of, owner, member, organization)
    assert_shut(client, hidden, site_tree)
    assert not WorkingGroupMembership.objects.filter(user=member).exists()
    assert not member.groups.exists()


def test_one_of_two_organizations_takes_nothing_but_itself(
    client_of: Callable, owner: User, organization: Any, hidden: dict[str, str]
) -> None:
    join_organization(user=owner, organization=OrganizationFactory())
    client = client_of(owner)
    leads = reverse("people:organization_members", args=(organization.public_id,))
    assert client.get(leads).status_code == 200
    leave_organization(user=owner, organization=organization)
    assert client.get(leads).status_code == 404
    assert all(opens(client, hidden).values())


def test_a_group_is_not_given_back_with_a_new_organization(
    client_of: Callable, member: User, organization: Any, hidden: dict[str, str]
) -> None:
    leave_organization(user=member, organization=organization)
    join_organization(user=member, organization=organization)
    assert not any(opens(client_of(member), hidden).values())


def test_somebody_invited_to_a_group_only_stays_until_removed_from_it(
    client_of: Callable, working_group: Any, hidden: dict[str, str]
) -> None:
    """People with experience of their own join a group without working anywhere."""
    outside = UserFactory()
    join_working_group(user=outside, working_group=working_group)
    client = client_of(outside)
    assert all(opens(client, hidden).values())
    leave_working_group(user=outside, working_group=working_group)
    assert not any(opens(client, hidden).values())


def test_a_removed_lead_of_a_group_sees_and_manages_nothing_of_it(
    client_of: Callable,
    owner: User,
    working_group: Any,
    site_tree: Any,
    hidden: dict[str, str],
) -> None:
    client = client_of(owner)
    leave_working_group(user=owner, working_group=working_group)
    assert_shut(client, hidden, site_tree)


@pytest.mark.parametrize("role", [Role.EDITOR, Role.MODERATOR, Role.ADMINISTRATOR])
def test_a_revoked_role_ends_in_the_open_session(
    request: Any, client_of: Callable, working_group: Any, site_tree: Any, role: Role
) -> None:
    user = request.getfixturevalue(role.name.lower())
    client = client_of(user)
    edit = reverse("wagtailadmin_pages:edit", args=(site_tree.about.pk,))
    assert client.get(edit).status_code == 200
    revoke_role(user=user, role=role)
    for url in (edit, "/cms/", "/cms/users/", "/cms/snippets/people/workinggroup/"):
        assert client.get(url).status_code in {302, 404}, url
        assert client.post(url, {"title": "Mine"}).status_code in {302, 403, 404}, url
    assert client.get(working_group.get_absolute_url()).status_code == 404


def test_a_role_stays_when_the_last_organization_goes(
    client_of: Callable, editor: User, organization: Any
) -> None:
    """A lead could remove administrators otherwise; only administrators revoke roles."""
    leave_organization(user=editor, organization=organization)
    assert client_of(editor).get("/cms/").status_code == 200


def test_a_suspended_person_is_signed_out_everywhere_for_good(
    client_of: Callable, administrator: User, member: User, hidden: dict[str, str]
) -> None:
    here, there = client_of(member), client_of(member)
    for client in (here, there):
        assert client.get("/account/").status_code == 200
    url = reverse("wagtailusers_users:edit", args=(member.pk,))
    sent = {"email": member.email, "name": member.name}
    assert client_of(administrator).post(url, sent).status_code == 302
    assert not any(opens(here, hidden).values())
    assert here.get("/account/").status_code == 302
    client_of(administrator).post(url, {**sent, "is_active": "on"})
    member.refresh_from_db()
    assert member.is_active
    for client in (here, there):
        assert client.get("/account/").status_code == 302
    assert all(opens(client_of(member), hidden).values())


def test_a_suspended_person_cannot_sign_in(member: User) -> None:
    suspend_account(user=member)
    client = Client()
    client.post("/accounts/login/code/", {"email": member.email})
    assert not client.login(email=member.email, password=PASSWORD)
