"""Invite people to an organization or a working group by e-mail.

InvitationError
├── InvitationClosed    accepted already, expired, or its sender may no longer invite
├── InvitedAlready      the address was invited there within the last day
├── InvitedSomebodyElse the account has not confirmed the invited address
└── TooManyInvitations  the inviter reached the limit of one day
"""

from datetime import timedelta
from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from mail.actions import was_withheld
from people.access import is_acceptable, may_add_people
from people.models import Invitation, User, WorkingGroup
from people.models.invitations import default_expiry

from .emails import absolute_url, send_email
from .mail_rules import about
from .memberships import (
    announce_membership,
    join_organization,
    join_working_group,
)

if TYPE_CHECKING:
    from people.models import Organization

A_DAY = timedelta(days=1)
MOST_IN_A_DAY = 30


class InvitationError(Exception):
    """An invitation cannot be sent or accepted."""


class InvitationClosed(InvitationError):  # noqa: N818
    """It was accepted, or expired; its sender lost the right to invite, or the group closed."""


class InvitedAlready(InvitationError):  # noqa: N818
    """The address was invited to this organization or group within the last day."""


class TooManyInvitations(InvitationError):  # noqa: N818
    """The inviter sent MOST_IN_A_DAY invitations within the last day."""


class InvitedSomebodyElse(InvitationError):  # noqa: N818
    """It was sent to an address that this account has not confirmed."""


@transaction.atomic
def invite(
    *,
    email: str,
    into: "Organization | WorkingGroup",
    by: User,
    role: str = Invitation.Role.MEMBER,
) -> Invitation:
    """Invite an e-mail address. After a day a second call renews the invitation.

    The same happens whether or not the address has an account, so that the inviter does not
    learn it. An invitation whose e-mail was withheld is renewed at once. The inviter's row is
    locked, so that a form that is sent twice invites once. Raises InvitedAlready,
    TooManyInvitations.
    """
    list(User.objects.select_for_update(no_key=True).filter(pk=by.pk).values_list("pk"))
    yesterday = timezone.now() - A_DAY
    to = User.objects.normalize_email(email)
    pending = into.invitations.pending().filter(email=to, created_at__gt=yesterday)
    if any(
        is_acceptable(each) and not was_withheld(key=_mail_key(each))
        for each in pending.select_related("invited_by")
    ):
        raise InvitedAlready
    sent_today = Invitation.objects.filter(invited_by=by, created_at__gt=yesterday)
    if sent_today.count() >= MOST_IN_A_DAY:
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
            "ends_at": default_expiry(),
        },
    )
    send_email(
        name="invitation",
        to=invitation.email,
        key=_mail_key(invitation),
        about=about(invitation),
        into=into.name,
        by=by.display_name,
        ends_at=invitation.ends_at,
        url=absolute_url(reverse("people:invitation", args=(invitation.token,))),
    )
    return invitation


def _mail_key(invitation: Invitation) -> str:
    """Return the key of its e-mail; it has another e-mail each time it is renewed."""
    return f"invitation:{invitation.pk}:{invitation.created_at.isoformat()}"


@transaction.atomic
def accept_invitation(*, invitation: Invitation, user: User) -> None:
    """Make the user a member. Somebody who is one already keeps their role.

    The rights of the sender and the state of the group are those of this moment: their rows
    are locked, so that a removal or closure at the same time comes before or after.
    Raises InvitationClosed, InvitedSomebodyElse.
    """
    if not is_addressed_to(invitation=invitation, user=user):
        raise InvitedSomebodyElse
    now = timezone.now()
    rows = Invitation.objects.pending().filter(pk=invitation.pk)
    if rows.update(accepted_at=now) != 1:
        raise InvitationClosed
    found = Invitation.objects.select_related("invited_by").get(pk=invitation.pk)
    sender, into = found.invited_by, _lock(found)
    if sender is None or not may_add_people(sender, into):
        raise InvitationClosed
    if into.memberships.filter(user=user).exists():
        return
    if isinstance(into, WorkingGroup):
        made = join_working_group(user=user, working_group=into, role=found.role)
        announce_membership(membership=made, by=sender)
    else:
        join_organization(user=user, organization=into, role=found.role)


def _lock(invitation: Invitation) -> "Organization | WorkingGroup":
    """Lock and reload the place of an invitation, and the sender's membership of it."""
    into = invitation.into
    locked = type(into).objects.select_for_update().get(pk=into.pk)
    memberships = locked.memberships.select_for_update()
    list(memberships.filter(user=invitation.invited_by_id).values_list("pk"))
    return locked


def is_addressed_to(*, invitation: Invitation, user: User) -> bool:
    """Return whether the account has confirmed the invited e-mail address."""
    return EmailAddress.objects.filter(
        user=user, verified=True, email__iexact=invitation.email
    ).exists()


def withdraw_invitation(*, invitation: Invitation) -> None:
    """Delete the invitation and the e-mail address in it."""
    invitation.delete()
