"""Accounts, organizations, working groups, invitations and contributors."""

from .contributors import Contributor
from .groups import WorkingGroup, WorkingGroupMembership
from .identifiers import PublicIdField, new_public_id
from .invitations import Invitation
from .organizations import Organization, OrganizationMembership
from .users import User, UserManager

__all__ = [
    "Contributor",
    "Invitation",
    "Organization",
    "OrganizationMembership",
    "PublicIdField",
    "User",
    "UserManager",
    "WorkingGroup",
    "WorkingGroupMembership",
    "new_public_id",
]
