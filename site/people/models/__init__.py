"""Accounts, organizations, working groups, contributors, community texts, restrictions."""

from .community import CommunitySettings
from .contributors import Contributor
from .groups import WorkingGroup, WorkingGroupMembership
from .identifiers import PublicIdField, new_public_id
from .invitations import Invitation
from .names import normalize_name, validate_address, validate_name
from .organizations import Organization, OrganizationMembership
from .restrictions import (
    PUBLIC,
    Restriction,
    Restrictions,
    paths_read_alike,
    topmost,
)
from .users import User, UserManager

__all__ = [
    "PUBLIC",
    "CommunitySettings",
    "Contributor",
    "Invitation",
    "Organization",
    "OrganizationMembership",
    "PublicIdField",
    "Restriction",
    "Restrictions",
    "User",
    "UserManager",
    "WorkingGroup",
    "WorkingGroupMembership",
    "new_public_id",
    "normalize_name",
    "paths_read_alike",
    "topmost",
    "validate_address",
    "validate_name",
]
