"""Pages of people, organizations and groups: owner, member, stranger, visitor."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from mail.models import OutgoingMail
from people.models import Contributor, Invitation, User
from tests.factories import HomePageFactory, OrganizationFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _home(db: None) -> None:
    HomePageFactory()


def found(client: Client, name: str, *args: Any) -> int:
    return client.get(reverse(f"people:{name}", args=args)).status_code


def test_account_pages_are_for_signed_in_people(client_of: Any, member: User) -> None:
    client = client_of(member)
    for name in ("account", "profile", "security", "data", "close"):
        assert found(client, name) == 200
        assert found(Client(), name) == 302


def test_a_profile_is_saved_and_previewed_and_a_refused_one_loses_nothing(
    client_of: Any, member: User
) -> None:
    client = client_of(member)
    client.post(
        "/account/profile/", {"name": "Mika", "about": "Nights.", "listed": "on"}
    )
    page = client.get("/account/profile/").content.decode()
    assert "Visitors see none of this" in page
    refused = client.post(
        "/account/profile/", {"name": "x" * 151, "about": "Kept words"}
    )
    assert "Kept words" in refused.content.decode()


def test_a_person_is_found_by_members_if_they_chose_so(
    client_of: Any, member: User, stranger: User
) -> None:
    for listed in (False, True):
        User.objects.filter(pk=member.pk).update(listed=listed)
        args = ("person", member.public_id)
        assert found(client_of(member), *args) == 200
        assert found(client_of(stranger), *args) == (200 if listed else 404)
        assert found(client_of(UserFactory()), *args) == 404
        assert found(Client(), *args) == 404


def test_an_organization_is_shown_to_visitors_if_listed(
    client_of: Any, member: User
) -> None:
    for listed in (False, True):
        place = OrganizationFactory(listed=listed)
        args = ("organization", place.public_id)
        assert found(client_of(member), *args) == 200
        assert found(Client(), *args) == (200 if listed else 404)
    User.objects.filter(pk=member.pk).update(listed=True)
    own = member.organizations.get()
    assert member.name in client_of(member).get(own.get_absolute_url()).content.decode()
    assert member.name not in Client().get(own.get_absolute_url()).content.decode()


@pytest.mark.parametrize("kind", ["o", "g"])
def test_only_leads_and_moderators_see_and_change_members(
    client_of: Any,
    kind: str,
    organization: Any,
    working_group: Any,
    owner: User,
    member: User,
    stranger: User,
    moderator: User,
) -> None:
    place = organization if kind == "o" else working_group
    name = "organization_members" if kind == "o" else "group_members"
    assert found(client_of(owner), name, place.public_id) == 200
    assert found(client_of(moderator), name, place.public_id) == 200
    url = reverse("people:membership", args=(kind, place.public_id, member.public_id))
    for outsider in (client_of(member), client_of(stranger), Client()):
        assert found(outsider, name, place.public_id) == 404
        assert outsider.get(url).status_code == 404
        assert outsider.post(url, {"role": "lead"}).status_code == 404
    client_of(owner).post(url, {"role": "lead"})
    assert place.memberships.get(user=member).role == "lead"
    client_of(owner).post(url, {"remove": "1"})
    assert not place.memberships.filter(user=member).exists()
    assert (
        found(client_of(owner), "membership", "x", place.public_id, member.public_id)
        == 404
    )


def test_an_invitation_is_for_one_address_once_and_for_two_weeks(
    client_of: Any, owner: User, working_group: Any, stranger: User
) -> None:
    url = reverse("people:group_members", args=(working_group.public_id,))
    client_of(owner).post(url, {"email": "New@Example.org", "role": "member"})
    again = {"email": "new@example.org", "role": "lead"}
    told = client_of(owner).post(url, again, follow=True).content.decode()
    assert "already" in told
    assert len(mail.outbox) == 1
    Invitation.objects.update(created_at=timezone.now() - timedelta(hours=25))
    client_of(owner).post(url, again)
    assert len(mail.outbox) == 2
    invitation = Invitation.objects.get()
    assert working_group.name not in mail.outbox[-1].subject
    link = next(
        word for word in mail.outbox[-1].body.split() if "/invitations/" in word
    )
    path = link.partition("localhost:8000")[2] or "/" + link.split("/", 3)[3]
    assert invitation.email not in Client().get(path).content.decode()
    client_of(stranger).post(path)
    assert not working_group.memberships.filter(user=stranger).exists()
    invited = UserFactory(email="new@example.org")
    client_of(invited).post(path)
    assert working_group.memberships.get(user=invited).role == "lead"
    assert "no longer valid" in client_of(invited).get(path).content.decode()
    assert Client().get(path[:-3] + "x/").status_code == 404


def test_nobody_sends_more_than_thirty_invitations_a_day(
    client_of: Any, owner: User, organization: Any
) -> None:
    url = reverse("people:organization_members", args=(organization.public_id,))
    Invitation.objects.bulk_create(
        Invitation(
            email=f"{number}@example.org", organization=organization, invited_by=owner
        )
        for number in range(30)
    )
    one_more = {"email": "new@example.org", "role": "member"}
    told = client_of(owner).post(url, one_more, follow=True).content.decode()
    assert "Continue tomorrow" in told
    assert not mail.outbox


def test_a_closed_group_invites_nobody(
    client_of: Any, owner: User, working_group: Any
) -> None:
    working_group.closed_at = timezone.now()
    working_group.save()
    url = reverse("people:group_members", args=(working_group.public_id,))
    data = {"email": "new@example.org", "role": "member"}
    assert client_of(owner).get(url).status_code == 404
    assert client_of(owner).post(url, data).status_code == 404
    assert not Invitation.objects.exists()


def test_a_withdrawn_invitation_is_deleted(
    client_of: Any, owner: User, stranger: User, organization: Any
) -> None:
    url = reverse("people:organization_members", args=(organization.public_id,))
    client_of(owner).post(url, {"email": "a@example.org", "role": "member"})
    row = Invitation.objects.get()
    away = reverse("people:withdraw", args=("o", organization.public_id, row.public_id))
    assert client_of(stranger).post(away).status_code == 404
    client_of(owner).post(away)
    assert not Invitation.objects.exists()


def test_a_lead_adds_people_who_can_be_found_and_they_get_an_email(
    client_of: Any, owner: User, stranger: User, working_group: Any
) -> None:
    url = reverse("people:add_person", args=(stranger.public_id,))
    assert (
        client_of(owner).post(url, {"into": working_group.public_id}).status_code == 404
    )
    User.objects.filter(pk=stranger.pk).update(listed=True)
    client_of(owner).post(url, {"into": working_group.public_id})
    assert working_group.memberships.filter(user=stranger).exists()
    assert mail.outbox[-1].to == [stranger.email]
    assert working_group.name not in mail.outbox[-1].subject
    leave = reverse("people:leave_group", args=(working_group.public_id,))
    client_of(stranger).post(leave)
    assert not working_group.memberships.filter(user=stranger).exists()
    assert client_of(stranger).post(leave).status_code == 404


def test_personal_data_can_be_downloaded_without_secrets(
    client_of: Any, editor: User
) -> None:
    words = client_of(editor).get("/account/data/download/").content.decode()
    held = json.loads(words)
    assert held["account"]["email"] == editor.email
    assert held["organizations"][0]["name"] == "Lantern House"
    assert editor.password not in words
    assert "secret" not in words


def test_closing_an_account_erases_the_person_and_keeps_what_they_wrote(
    client_of: Any, member: User
) -> None:
    byline = Contributor.objects.create(
        name="Mika Example", about="Nights", user=member
    )
    client = client_of(member)
    assert client.post("/account/data/close/").status_code == 200
    member.refresh_from_db()
    assert member.is_active
    log(member, "wagtail.edit", title="Mika")
    outbox = "mail.backends.OutboxBackend"
    with override_settings(EMAIL_BACKEND=outbox):
        mail.send_mail("Hello", "Mika", None, [member.email])
        mail.send_mail("Hello", "You", None, ["other@example.org"])
    client.post("/account/data/close/", {"sure": "on"})
    assert OutgoingMail.objects.get().text == "You"
    assert ModelLogEntry.objects.for_instance(member).get().label == "A member"
    member.refresh_from_db()
    byline.refresh_from_db()
    assert (member.name, byline.name, byline.about) == ("A member", "A member", "")
    assert not member.is_active
    assert not member.groups.exists()
    assert "Mika" not in str(vars(member))
    assert client.get("/account/").status_code == 302


def test_the_last_administrator_cannot_leave(
    client_of: Any, administrator: User
) -> None:
    client_of(administrator).post("/account/data/close/", {"sure": "on"})
    administrator.refresh_from_db()
    assert administrator.is_active
