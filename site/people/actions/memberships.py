"""Joining, leading and leaving.

The membership row is the truth; the permission group follows it at the border to Django
(`people.actions.group_sync`), whoever writes the row.
"""

from typing import TYPE_CHECKING

from django.db import transaction

from people.models import (
    OrganizationMembership,
    WorkingGroup,
    WorkingGroupMembership,
)

from .emails import address, send_letter

if TYPE_CHECKING:
    from people.models import Organization, User


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
    return membership


@transaction.atomic
def leave_organization(*, user: "User", organization: "Organization") -> None:
    """The membership ends; with the last one, so does membership of the community."""
    OrganizationMembership.objects.filter(user=user, organization=organization).delete()


def open_working_group(*, name: str, purpose: str = "") -> WorkingGroup:
    """A working group with a permission group of its own.

    Raises django.db.IntegrityError where a working group of that name exists.
    """
    return WorkingGroup.objects.create(name=name, purpose=purpose)


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
    return membership


@transaction.atomic
def leave_working_group(*, user: "User", working_group: WorkingGroup) -> None:
    """The person is out of the group, and no longer sees what is kept for it."""
    WorkingGroupMembership.objects.filter(
        user=user, working_group=working_group
    ).delete()


@transaction.atomic
def add_person(
    *, user: "User", into: "Organization | WorkingGroup", by: "User"
) -> OrganizationMembership | WorkingGroupMembership:
    """A lead adds somebody who can be found here; the person is told, and may leave.

    Somebody who is in already keeps the role, and gets no second mail.
    """
    found: OrganizationMembership | WorkingGroupMembership | None
    found = into.memberships.filter(user=user).first()
    if found is not None:
        return found
    made: OrganizationMembership | WorkingGroupMembership
    if isinstance(into, WorkingGroup):
        made = join_working_group(user=user, working_group=into)
    else:
        made = join_organization(user=user, organization=into)
    send_letter(
        name="added",
        to=user.email,
        key=f"added:{made._meta.label_lower}:{made.pk}",
        into=into.name,
        by=by.called,
        url=address("/account/"),
    )
    return made


@transaction.atomic
def change_membership_role(
    *, membership: OrganizationMembership | WorkingGroupMembership, role: str
) -> None:
    """The person leads from now on, or is a member like the others."""
    membership.role = type(membership).Role(role).value
    membership.save(update_fields=["role"])
