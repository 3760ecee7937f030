"""Users, organizations, working groups and bylines."""

from .contributors import Contributor
from .groups import WorkingGroup, WorkingGroupMembership
from .identifiers import PublicIdField, new_public_id
from .invitations import Invitation
from .organizations import Organization, OrganizationMembership
from .personal_data import held_about
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
    "held_about",
    "new_public_id",
]
