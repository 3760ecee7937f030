"""Changes to accounts, memberships, invitations and roles."""

from people.access import Role

from .accounts import LastAdministrator, close_account
from .credentials import await_proof, end_sessions, void_credentials
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
    MayNotAddPeople,
    add_person,
    announce_membership,
    change_membership_role,
    create_working_group,
    join_organization,
    join_working_group,
    leave_organization,
    leave_working_group,
)
from .personal_data import export_personal_data, export_rows
from .restrictions import restrict_alike
from .roles import create_roles, grant_role, revoke_role
from .standing import end_community_membership, suspend_account

__all__ = [
    "InvitationClosed",
    "InvitationError",
    "InvitedAlready",
    "InvitedSomebodyElse",
    "LastAdministrator",
    "MayNotAddPeople",
    "Role",
    "TooManyInvitations",
    "accept_invitation",
    "add_person",
    "announce_membership",
    "await_proof",
    "change_membership_role",
    "close_account",
    "create_roles",
    "create_working_group",
    "end_community_membership",
    "end_sessions",
    "export_personal_data",
    "export_rows",
    "grant_role",
    "invite",
    "is_addressed_to",
    "join_organization",
    "join_working_group",
    "leave_organization",
    "leave_working_group",
    "restrict_alike",
    "revoke_role",
    "suspend_account",
    "sync_groups",
    "void_credentials",
    "withdraw_invitation",
]
