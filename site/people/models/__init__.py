"""Accounts, organizations, working groups, invitations, contributors, community texts."""

from .community import CommunitySettings
from .contributors import Contributor
from .groups import WorkingGroup, WorkingGroupMembership
from .identifiers import PublicIdField, new_public_id
from .invitations import Invitation
from .names import normalize_name, validate_address, validate_name
from .organizations import Organization, OrganizationMembership
from .users import User, UserManager

__all__ = [
    "CommunitySettings",
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
    "normalize_name",
    "validate_address",
    "validate_name",
]
