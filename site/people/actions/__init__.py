"""Every change among people that touches several rows."""

from .memberships import (
    join_organization,
    join_working_group,
    leave_organization,
    leave_working_group,
    open_working_group,
)
from .roles import Role, give_role, provision_roles, take_role

__all__ = [
    "Role",
    "give_role",
    "join_organization",
    "join_working_group",
    "leave_organization",
    "leave_working_group",
    "open_working_group",
    "provision_roles",
    "take_role",
]
