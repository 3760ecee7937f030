"""Who sees people, organizations and groups: owner, member, stranger, visitor, and
somebody who has just lost access."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from people.actions import (
    change_membership_role,
    leave_organization,
    leave_working_group,
    revoke_role,
)
from people.actions.roles import Role
from people.models import Organization, User, WorkingGroup
from tests.factories import (
    HomePageFactory,
    OrganizationFactory,
    UserFactory,
    WorkingGroupFactory,
    community_member,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _home(db: None) -> None:
    HomePageFactory()


@pytest.fixture
def newcomer() -> User:
    """Somebody who signed up and belongs to no organization."""
    return UserFactory(listed=True)


@pytest.fixture
def everybody(
    owner: User, member: User, stranger: User, newcomer: User, administrator: User
) -> list[Any]:
    closed = UserFactory(is_active=False)
    root = User.objects.create_superuser("root@example.org")
    return [
        AnonymousUser(),
        owner,
        member,
        stranger,
        newcomer,
        administrator,
        closed,
        root,
    ]


def status(client: Client, name: str, *args: str) -> int:
    return int(client.get(reverse(f"people:{name}", args=args)).status_code)


def test_people_who_chose_to_be_found_are_visible_to_members(
    everybody: list[Any], newcomer: User, stranger: User
) -> None:
    User.objects.filter(pk=stranger.pk).update(listed=True)
    visitor, owner, member, stranger, newcomer, administrator, closed, root = everybody
    for viewer in (owner, member, administrator, root):
        visible = set(User.objects.visible_to(viewer))
        assert visible == {viewer, stranger, newcomer}
    assert set(User.objects.visible_to(stranger)) == {stranger, newcomer}
    assert set(User.objects.visible_to(newcomer)) == {newcomer}
    for viewer in (visitor, closed):
        assert not User.objects.visible_to(viewer).exists()


def test_a_deactivated_person_is_in_no_list_and_has_no_page(
    client_of: Callable, member: User, stranger: User, organization: Organization
) -> None:
    User.objects.filter(pk=stranger.pk).update(listed=True)
    client = client_of(member)
    url = organization.get_absolute_url()
    assert stranger.name in client.get(url).content.decode()
    assert status(client, "person", stranger.public_id) == 200
    User.objects.filter(pk=stranger.pk).update(is_active=False)
    assert stranger not in User.objects.visible_to(member)
    assert stranger.name not in client.get(url).content.decode()
    assert status(client, "person", stranger.public_id) == 404


def test_a_deactivated_person_sees_nothing_in_a_session_that_was_open(
    client_of: Callable, member: User, stranger: User
) -> None:
    User.objects.filter(pk=stranger.pk).update(listed=True)
    client = client_of(member)
    assert status(client, "person", stranger.public_id) == 200
    User.objects.filter(pk=member.pk).update(is_active=False)
    assert status(client, "person", stranger.public_id) == 404
    assert status(client, "account") == 302


def test_a_member_who_leaves_the_last_organization_finds_nobody(
    client_of: Callable, member: User, stranger: User, organization: Organization
) -> None:
    User.objects.filter(pk=stranger.pk).update(listed=True)
    client = client_of(member)
    assert status(client, "person", stranger.public_id) == 200
    leave_organization(user=member, organization=organization)
    assert status(client, "person", stranger.public_id) == 404
    assert status(client, "person", member.public_id) == 200


def test_organizations_are_visible_to_members_or_if_listed(
    everybody: list[Any], newcomer: User
) -> None:
    listed, hidden = OrganizationFactory(listed=True), OrganizationFactory(listed=False)
    for viewer in everybody:
        visible = set(Organization.objects.visible_to(viewer))
        assert listed in visible
        is_member = viewer.is_authenticated and (
            viewer.is_superuser or viewer.organizations.exists()
        )
        assert (hidden in visible) == is_member, viewer


def test_a_former_member_no_longer_sees_a_hidden_organization(
    client_of: Callable,
) -> None:
    hidden = OrganizationFactory(listed=False)
    person = community_member(organization=hidden)
    client = client_of(person)
    assert status(client, "organization", hidden.public_id) == 200
    leave_organization(user=person, organization=hidden)
    assert status(client, "organization", hidden.public_id) == 404


def test_an_organization_shows_its_people_to_members_only(
    client_of: Callable, member: User, newcomer: User, organization: Organization
) -> None:
    organization.listed = True
    organization.save()
    User.objects.filter(pk=member.pk).update(listed=True)
    url = organization.get_absolute_url()
    colleague = community_member(organization=organization)
    assert member.name in client_of(colleague).get(url).content.decode()
    for outsider in (client_of(newcomer), Client()):
        assert member.name not in outsider.get(url).content.decode()


@pytest.mark.parametrize("listed", [True, False])
def test_a_working_group_is_visible_to_members_if_listed_and_to_its_own(
    listed: bool, everybody: list[Any]
) -> None:
    visitor, _, member, stranger, newcomer, administrator, *_ = everybody
    group = WorkingGroupFactory(name="Dawn", listed=listed, members=[member])
    assert group in WorkingGroup.objects.visible_to(member)
    for viewer in (stranger, administrator):
        assert (group in WorkingGroup.objects.visible_to(viewer)) == listed
    for viewer in (visitor, newcomer):
        assert group not in WorkingGroup.objects.visible_to(viewer)
    leave_working_group(user=member, working_group=group)
    assert (group in WorkingGroup.objects.visible_to(member)) == listed


def test_leads_manage_their_own_and_moderators_all(
    owner: User, member: User, stranger: User, moderator: User, working_group: Any
) -> None:
    other = WorkingGroupFactory(name="Dawn", leads=[stranger])
    assert set(WorkingGroup.objects.led_by(owner)) == {working_group}
    assert set(WorkingGroup.objects.led_by(stranger)) == {other}
    assert set(WorkingGroup.objects.led_by(member)) == set()
    assert set(WorkingGroup.objects.led_by(moderator)) == {working_group, other}
    assert set(WorkingGroup.objects.led_by(AnonymousUser())) == set()
    User.objects.filter(pk=moderator.pk).update(is_active=False)
    moderator.refresh_from_db()
    assert set(WorkingGroup.objects.led_by(moderator)) == set()


@pytest.mark.parametrize("kind", ["o", "g"])
def test_a_former_lead_no_longer_manages_members(
    client_of: Callable,
    kind: str,
    owner: User,
    member: User,
    organization: Any,
    working_group: Any,
) -> None:
    place = organization if kind == "o" else working_group
    name = "organization_members" if kind == "o" else "group_members"
    client = client_of(owner)
    assert status(client, name, place.public_id) == 200
    change_membership_role(
        membership=place.memberships.get(user=owner), role="member", by=owner
    )
    assert status(client, name, place.public_id) == 404
    url = reverse("people:membership", args=(kind, place.public_id, member.public_id))
    assert client.post(url, {"remove": "1"}).status_code == 404
    assert place.memberships.filter(user=member).exists()


def test_a_former_moderator_no_longer_manages_members(
    client_of: Callable, moderator: User, working_group: Any
) -> None:
    client = client_of(moderator)
    assert status(client, "group_members", working_group.public_id) == 200
    revoke_role(user=moderator, role=Role.MODERATOR)
    assert status(client, "group_members", working_group.public_id) == 404


def test_nobody_is_added_to_a_place_that_the_user_does_not_lead(
    client_of: Callable,
    owner: User,
    member: User,
    stranger: User,
    working_group: Any,
) -> None:
    User.objects.filter(pk=stranger.pk).update(listed=True)
    url = reverse("people:add_person", args=(stranger.public_id,))
    data = {"into": working_group.public_id}
    assert client_of(member).post(url, data).status_code == 404
    assert Client().post(url, data).status_code == 302
    foreign = WorkingGroupFactory(name="Dawn", leads=[member])
    client_of(owner).post(url, {"into": foreign.public_id})
    assert not foreign.memberships.filter(user=stranger).exists()
    assert not working_group.memberships.filter(user=stranger).exists()
    working_group.closed_at = timezone.now()
    working_group.save()
    client_of(owner).post(url, data)
    assert not working_group.memberships.filter(user=stranger).exists()


def test_one_leaves_only_what_one_is_in(
    client_of: Callable, member: User, stranger: User, working_group: Any
) -> None:
    url = reverse("people:leave_group", args=(working_group.public_id,))
    assert client_of(stranger).post(url).status_code == 404
    assert Client().post(url).status_code == 302
    assert client_of(member).get(url).status_code == 405
    assert client_of(member).post(url).status_code == 302
    assert not working_group.memberships.filter(user=member).exists()
    own = member.organizations.get()
    url = reverse("people:leave_organization", args=(own.public_id,))
    assert client_of(member).post(url).status_code == 302
    assert client_of(member).post(url).status_code == 404


def test_a_lead_withdraws_only_invitations_of_their_own_place(
    client_of: Callable, owner: User, stranger: User, working_group: Any
) -> None:
    other = WorkingGroupFactory(name="Dawn", leads=[stranger])
    row = other.invitations.create(email="a@example.org", invited_by=stranger)
    for group in (working_group, other):
        url = reverse("people:withdraw", args=("g", group.public_id, row.public_id))
        assert client_of(owner).post(url).status_code == 404
    assert other.invitations.exists()
    assert client_of(stranger).post(url).status_code == 302
    assert not other.invitations.exists()


def test_an_address_is_never_shown_on_pages_of_others(
    client_of: Callable, owner: User, member: User, stranger: User, organization: Any
) -> None:
    User.objects.filter(pk=stranger.pk).update(listed=True)
    pages = [
        organization.get_absolute_url(),
        stranger.get_absolute_url(),
        reverse("people:organization_members", args=(organization.public_id,)),
    ]
    for url in pages:
        assert stranger.email not in client_of(owner).get(url).content.decode()
    assert stranger.email not in client_of(member).get(pages[1]).content.decode()
