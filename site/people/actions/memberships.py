"""Join, lead and leave organizations and working groups.

The membership row decides. Signal receivers synchronize the permission group with it
(`people.actions.group_sync`), however the row is written.
"""

from typing import TYPE_CHECKING

from django.db import transaction

from people.models import (
    OrganizationMembership,
    WorkingGroup,
    WorkingGroupMembership,
)

from .emails import absolute_url, send_email

if TYPE_CHECKING:
    from people.models import Organization, User


def join_organization(
    *,
    user: "User",
    organization: "Organization",
    role: str = OrganizationMembership.Role.MEMBER,
) -> OrganizationMembership:
    """Add the user to an organization, which makes them a member of the community."""
    membership, _ = OrganizationMembership.objects.update_or_create(
        user=user, organization=organization, defaults={"role": role}
    )
    return membership


@transaction.atomic
def leave_organization(*, user: "User", organization: "Organization") -> None:
    """End the membership; with the last one, membership of the community ends too."""
    OrganizationMembership.objects.filter(user=user, organization=organization).delete()


def create_working_group(*, name: str, purpose: str = "") -> WorkingGroup:
    """Create a working group with a permission group of its own.

    Raises django.db.IntegrityError if a working group of that name exists.
    """
    return WorkingGroup.objects.create(name=name, purpose=purpose)


def join_working_group(
    *,
    user: "User",
    working_group: WorkingGroup,
    role: str = WorkingGroupMembership.Role.MEMBER,
    shown: bool = False,
) -> WorkingGroupMembership:
    """Add the user to a working group, so that they see what is restricted to it."""
    membership, _ = WorkingGroupMembership.objects.update_or_create(
        user=user, working_group=working_group, defaults={"role": role, "shown": shown}
    )
    return membership


@transaction.atomic
def leave_working_group(*, user: "User", working_group: WorkingGroup) -> None:
    """Remove the user from a working group, and with that its pages and files."""
    WorkingGroupMembership.objects.filter(
        user=user, working_group=working_group
    ).delete()


@transaction.atomic
def add_person(
    *, user: "User", into: "Organization | WorkingGroup", by: "User"
) -> OrganizationMembership | WorkingGroupMembership:
    """Add somebody whom the lead found on the site; they get an e-mail and may leave.

    Somebody who is a member already keeps their role, and gets no second e-mail.
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
    send_email(
        name="added",
        to=user.email,
        key=f"added:{made._meta.label_lower}:{made.pk}",
        into=into.name,
        by=by.display_name,
        url=absolute_url("/account/"),
    )
    return made


@transaction.atomic
def change_membership_role(
    *, membership: OrganizationMembership | WorkingGroupMembership, role: str
) -> None:
    """Make the person a lead, or an ordinary member."""
    membership.role = type(membership).Role(role).value
    membership.save(update_fields=["role"])
