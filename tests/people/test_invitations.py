"""Invitations: who may send, see and accept one, and when it no longer can be."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from people.actions import (
    InvitationClosed,
    InvitedAlready,
    InvitedSomebodyElse,
    TooManyInvitations,
    accept_invitation,
    invite,
    join_working_group,
    leave_organization,
    leave_working_group,
)
from people.actions.invitations import MOST_IN_A_DAY
from people.models import Invitation, User
from tests.factories import HomePageFactory, UserFactory

pytestmark = pytest.mark.django_db
ADDRESS = "new@example.org"


@pytest.fixture(autouse=True)
def _home(db: None) -> None:
    HomePageFactory()


@pytest.fixture
def invitation(owner: User, working_group: Any) -> Invitation:
    return invite(email=ADDRESS, into=working_group, by=owner)


def url_of(invitation: Invitation) -> str:
    return reverse("people:invitation", args=(invitation.token,))


def test_the_invited_person_accepts_by_the_link_in_the_email(
    client_of: Callable, invitation: Invitation, working_group: Any
) -> None:
    invited = UserFactory(email=ADDRESS)
    assert url_of(invitation) in mail.outbox[-1].body
    response = client_of(invited).post(url_of(invitation), follow=True)
    assert "Welcome to Night shifts" in response.content.decode()
    assert working_group.memberships.get(user=invited).role == "member"


def test_an_address_that_is_not_confirmed_accepts_nothing(
    client_of: Callable, invitation: Invitation, working_group: Any
) -> None:
    """Anybody can sign up with the address of somebody else."""
    pretender = UserFactory(email=ADDRESS)
    EmailAddress.objects.filter(user=pretender).update(verified=False)
    client_of(pretender).post(url_of(invitation))
    assert not working_group.memberships.filter(user=pretender).exists()
    with pytest.raises(InvitedSomebodyElse):
        accept_invitation(invitation=invitation, user=pretender)
    invitation.refresh_from_db()
    assert invitation.accepted_at is None


def test_an_account_without_any_confirmed_address_accepts_nothing(
    invitation: Invitation, working_group: Any
) -> None:
    pretender = UserFactory(email=ADDRESS)
    EmailAddress.objects.filter(user=pretender).delete()
    with pytest.raises(InvitedSomebodyElse):
        accept_invitation(invitation=invitation, user=pretender)


def test_a_second_confirmed_address_of_an_account_counts(
    invitation: Invitation, working_group: Any
) -> None:
    invited = UserFactory(email="old@example.org")
    EmailAddress.objects.create(user=invited, email=ADDRESS, verified=True)
    accept_invitation(invitation=invitation, user=invited)
    assert working_group.memberships.filter(user=invited).exists()


def test_nobody_but_the_invited_person_accepts(
    client_of: Callable,
    invitation: Invitation,
    working_group: Any,
    owner: User,
    stranger: User,
    moderator: User,
) -> None:
    for person in (owner, stranger, moderator):
        client_of(person).post(url_of(invitation))
    assert Client().post(url_of(invitation)).status_code == 200
    with pytest.raises(InvitedSomebodyElse):
        accept_invitation(invitation=invitation, user=stranger)
    invitation.refresh_from_db()
    assert invitation.accepted_at is None
    assert not working_group.memberships.filter(user=stranger).exists()


def test_an_invitation_is_accepted_once(
    invitation: Invitation, working_group: Any
) -> None:
    invited = UserFactory(email=ADDRESS)
    accept_invitation(invitation=invitation, user=invited)
    leave_working_group(user=invited, working_group=working_group)
    with pytest.raises(InvitationClosed):
        accept_invitation(invitation=invitation, user=invited)
    assert not working_group.memberships.filter(user=invited).exists()


def test_an_invitation_expires_after_two_weeks(
    client_of: Callable, invitation: Invitation, working_group: Any
) -> None:
    invited = UserFactory(email=ADDRESS)
    Invitation.objects.update(ends_at=timezone.now() - timedelta(seconds=1))
    client_of(invited).post(url_of(invitation))
    assert not working_group.memberships.exists() or not (
        working_group.memberships.filter(user=invited).exists()
    )
    assert invitation.ends_at - invitation.created_at == pytest.approx(
        timedelta(days=14), abs=timedelta(minutes=1)
    )


def test_a_member_who_accepts_keeps_their_role(
    invitation: Invitation, working_group: Any
) -> None:
    invited = UserFactory(email=ADDRESS)
    join_working_group(user=invited, working_group=working_group, role="lead")
    accept_invitation(invitation=invitation, user=invited)
    assert working_group.memberships.get(user=invited).role == "lead"


def test_a_link_with_a_changed_signature_is_not_found(invitation: Invitation) -> None:
    forged = url_of(invitation).rstrip("/")[:-1] + "_/"
    assert Client().get(forged).status_code == 404
    assert Client().post(forged).status_code == 404


def test_one_address_is_invited_once_a_day_by_one_group(
    owner: User, working_group: Any, organization: Any, invitation: Invitation
) -> None:
    with pytest.raises(InvitedAlready):
        invite(email=ADDRESS.upper(), into=working_group, by=owner)
    invite(email=ADDRESS, into=organization, by=owner)
    assert len(mail.outbox) == 2
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        again = invite(email=ADDRESS, into=working_group, by=owner, role="lead")
    assert again.pk == invitation.pk
    assert again.ends_at > invitation.ends_at
    assert len(mail.outbox) == 3


def test_the_limit_of_one_day_is_per_person(
    owner: User, stranger: User, organization: Any
) -> None:
    for number in range(MOST_IN_A_DAY):
        invite(email=f"{number}@example.org", into=organization, by=owner)
    with pytest.raises(TooManyInvitations):
        invite(email=ADDRESS, into=organization, by=owner)
    assert invite(email=ADDRESS, into=organization, by=stranger)


def test_an_invitation_says_nothing_about_accounts(
    client_of: Callable, owner: User, organization: Any, stranger: User
) -> None:
    """The inviter sees the same for an address with and without an account."""
    url = reverse("people:organization_members", args=(organization.public_id,))
    pages = []
    for email in (stranger.email, ADDRESS):
        response = client_of(owner).post(
            url, {"email": email, "role": "member"}, follow=True
        )
        pages.append(response.content.decode().count("We wrote to"))
    assert pages == [1, 1]


def test_the_database_refuses_an_invitation_into_nothing_or_two_places(
    owner: User, organization: Any, working_group: Any
) -> None:
    for into in (
        {},
        {"organization": organization, "working_group": working_group},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Invitation.objects.create(email=ADDRESS, invited_by=owner, **into)


def test_a_lead_who_was_removed_can_no_longer_invite(
    client_of: Callable, owner: User, organization: Any
) -> None:
    client = client_of(owner)
    url = reverse("people:organization_members", args=(organization.public_id,))
    assert client.get(url).status_code == 200
    leave_organization(user=owner, organization=organization)
    assert client.get(url).status_code == 404
    data = {"email": ADDRESS, "role": "member"}
    assert client.post(url, data).status_code == 404
    assert not Invitation.objects.exists()
    assert not mail.outbox


def test_the_inviter_closing_their_account_leaves_the_invitation(
    owner: User, invitation: Invitation
) -> None:
    owner.delete()
    invitation.refresh_from_db()
    assert invitation.invited_by is None
    assert str(invitation) == "invitation · Night shifts"
