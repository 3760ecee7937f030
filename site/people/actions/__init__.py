"""Every change among people that touches several rows or tells anyone."""

from people.access import Role

from .accounts import LastAdministrator, close_account
from .group_sync import sync_groups
from .invitations import (
    InvitationClosed,
    InvitationError,
    InvitedAlready,
    InvitedSomebodyElse,
    TooManyInvitations,
    accept_invitation,
    invite,
    is_addressed_to,
    withdraw_invitation,
)
from .memberships import (
    add_person,
    change_membership_role,
    join_organization,
    join_working_group,
    leave_organization,
    leave_working_group,
    open_working_group,
)
from .roles import give_role, provision_roles, take_role

__all__ = [
    "InvitationClosed",
    "InvitationError",
    "InvitedAlready",
    "InvitedSomebodyElse",
    "LastAdministrator",
    "Role",
    "TooManyInvitations",
    "accept_invitation",
    "add_person",
    "change_membership_role",
    "close_account",
    "give_role",
    "invite",
    "is_addressed_to",
    "join_organization",
    "join_working_group",
    "leave_organization",
    "leave_working_group",
    "open_working_group",
    "provision_roles",
    "sync_groups",
    "take_role",
    "withdraw_invitation",
]
