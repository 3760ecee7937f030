"""Joining and leaving: the row and the permission group change together."""

from typing import TYPE_CHECKING

from django.contrib.auth.models import Group
from django.db import transaction

from people.access import forget_access
from people.models import (
    OrganizationMembership,
    WorkingGroup,
    WorkingGroupMembership,
)

from .roles import Role, give_role, take_role

if TYPE_CHECKING:
    from people.models import Organization, User


@transaction.atomic
def join_organization(
    *,
    user: "User",
    organization: "Organization",
    role: str = OrganizationMembership.Role.MEMBER,
) -> OrganizationMembership:
    """The person works in the organization, and so is a member of the community."""
    membership, _ = OrganizationMembership.objects.update_or_create(
        user=user, organization=organization, defaults={"role": role}
    )
    give_role(user=user, role=Role.MEMBER)
    return membership


@transaction.atomic
def leave_organization(*, user: "User", organization: "Organization") -> None:
    """The membership ends; with the last one, so does membership of the community."""
    OrganizationMembership.objects.filter(user=user, organization=organization).delete()
    if not OrganizationMembership.objects.filter(user=user).exists():
        take_role(user=user, role=Role.MEMBER)


@transaction.atomic
def open_working_group(*, name: str, purpose: str = "") -> WorkingGroup:
    """A working group with a permission group of its own.

    Raises django.db.IntegrityError where a working group of that name exists.
    """
    group = Group.objects.create(name=f"Working group: {name}")
    return WorkingGroup.objects.create(name=name, purpose=purpose, group=group)


@transaction.atomic
def join_working_group(
    *,
    user: "User",
    working_group: WorkingGroup,
    role: str = WorkingGroupMembership.Role.MEMBER,
    shown: bool = False,
) -> WorkingGroupMembership:
    """The person is in the group, and sees what is kept for it."""
    membership, _ = WorkingGroupMembership.objects.update_or_create(
        user=user, working_group=working_group, defaults={"role": role, "shown": shown}
    )
    user.groups.add(working_group.group)
    forget_access(user)
    return membership


@transaction.atomic
def leave_working_group(*, user: "User", working_group: WorkingGroup) -> None:
    """The person is out of the group, and no longer sees what is kept for it."""
    WorkingGroupMembership.objects.filter(
        user=user, working_group=working_group
    ).delete()
    user.groups.remove(working_group.group)
    forget_access(user)
