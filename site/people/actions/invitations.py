"""Asking somebody in by e-mail; the person decides.

InvitationError
├── InvitationClosed    accepted already, or ended
├── InvitedAlready      a mail went there within the last day
├── InvitedSomebodyElse the account has not the address that was written to
└── TooManyInvitations  the person wrote as many as one may in a day
"""

from datetime import timedelta
from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from people.models import Invitation, User, WorkingGroup
from people.models.invitations import two_weeks_from_now

from .emails import address, send_letter
from .memberships import join_organization, join_working_group

if TYPE_CHECKING:
    from people.models import Organization

A_DAY = timedelta(days=1)
MOST_IN_A_DAY = 30


class InvitationError(Exception):
    """An invitation that cannot be written or accepted."""


class InvitationClosed(InvitationError):  # noqa: N818
    """It was accepted before, or its two weeks are over."""


class InvitedAlready(InvitationError):  # noqa: N818
    """A mail from this place went to the address within the last day."""


class TooManyInvitations(InvitationError):  # noqa: N818
    """The person wrote MOST_IN_A_DAY within the last day."""


class InvitedSomebodyElse(InvitationError):  # noqa: N818
    """It was sent to another address than those of this account."""


@transaction.atomic
def invite(
    *,
    email: str,
    into: "Organization | WorkingGroup",
    by: User,
    role: str = Invitation.Role.MEMBER,
) -> Invitation:
    """Writes to the address. Asking again after a day renews it and writes once more.

    The same happens whether or not the address has an account: nobody finds out.
    Raises InvitedAlready, TooManyInvitations.
    """
    yesterday = timezone.now() - A_DAY
    to = User.objects.normalize_email(email)
    if into.invitations.pending().filter(email=to, created_at__gt=yesterday).exists():
        raise InvitedAlready
    written = Invitation.objects.filter(invited_by=by, created_at__gt=yesterday)
    if written.count() >= MOST_IN_A_DAY:
        raise TooManyInvitations
    group = isinstance(into, WorkingGroup)
    invitation, _ = Invitation.objects.update_or_create(
        email=to,
        organization=None if group else into,
        working_group=into if group else None,
        accepted_at=None,
        defaults={
            "role": role,
            "invited_by": by,
            "created_at": timezone.now(),
            "ends_at": two_weeks_from_now(),
        },
    )
    send_letter(
        name="invitation",
        to=invitation.email,
        key=f"invitation:{invitation.pk}:{invitation.created_at:%Y-%m-%d}",
        into=into.name,
        by=by.called,
        ends_at=invitation.ends_at,
        url=address(reverse("people:invitation", args=(invitation.token,))),
    )
    return invitation


@transaction.atomic
def accept_invitation(*, invitation: Invitation, user: User) -> None:
    """The person is in. Somebody who was in already keeps the role.

    Raises InvitationClosed, InvitedSomebodyElse.
    """
    if not is_addressed_to(invitation=invitation, user=user):
        raise InvitedSomebodyElse
    now = timezone.now()
    rows = Invitation.objects.pending().filter(pk=invitation.pk)
    if rows.update(accepted_at=now) != 1:
        raise InvitationClosed
    into = invitation.into
    if into.memberships.filter(user=user).exists():
        return
    if isinstance(into, WorkingGroup):
        join_working_group(user=user, working_group=into, role=invitation.role)
    else:
        join_organization(user=user, organization=into, role=invitation.role)


def is_addressed_to(*, invitation: Invitation, user: User) -> bool:
    """Whether the account has proven to own the address that was written to."""
    return EmailAddress.objects.filter(
        user=user, verified=True, email__iexact=invitation.email
    ).exists()


def withdraw_invitation(*, invitation: Invitation) -> None:
    """It can no longer be accepted, and its address is forgotten."""
    invitation.delete()
