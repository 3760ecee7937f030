"""Join, lead and leave organizations and working groups.

The membership row decides. Signal receivers synchronize the permission group with it
(`people.actions.group_sync`), however the row is written.
"""

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from people.access import may_add_people
from people.models import (
    OrganizationMembership,
    WorkingGroup,
    WorkingGroupMembership,
)

from .emails import absolute_url, send_email
from .mail_rules import about

if TYPE_CHECKING:
    from collections.abc import Iterable

    from people.models import Organization, User


class MayNotAddPeople(Exception):  # noqa: N818
    """The person does not lead the organization or group, or the group is closed."""


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

    Somebody who is a member already keeps their role, and gets no second e-mail. Raises
    MayNotAddPeople.
    """
    if not may_add_people(by, into):
        raise MayNotAddPeople
    type(into).objects.select_for_update(no_key=True).get(pk=into.pk)
    found: OrganizationMembership | WorkingGroupMembership | None
    found = into.memberships.filter(user=user).first()
    if found is not None:
        return found
    made: OrganizationMembership | WorkingGroupMembership
    if isinstance(into, WorkingGroup):
        made = join_working_group(user=user, working_group=into)
        announce_membership(membership=made, by=by)
    else:
        made = join_organization(user=user, organization=into)
    send_email(
        name="added",
        to=user.email,
        key=f"added:{made._meta.label_lower}:{made.pk}",
        about=about(into),
        into=into.name,
        by=by.display_name,
        url=absolute_url("/account/"),
    )
    return made


@transaction.atomic
def change_membership_role(
    *,
    membership: OrganizationMembership | WorkingGroupMembership,
    role: str,
    by: "User",
) -> None:
    """Make the person a lead, or an ordinary member.

    The stored role decides what changes: a form that is sent twice is announced once.
    """
    membership.role = type(membership).Role(role).value
    rows = type(membership)._default_manager.select_for_update()
    before = rows.get(pk=membership.pk).role
    membership.save(update_fields=["role"])
    lead = WorkingGroupMembership.Role.LEAD
    if isinstance(membership, WorkingGroupMembership) and before != role == lead:
        announce_membership(membership=membership, by=by)


@transaction.atomic
def announce_membership(
    *,
    membership: WorkingGroupMembership,
    by: "User",
    to: "Iterable[User] | None" = None,
) -> None:
    """Tell a working group who is in it now, unless one of its leads did that.

    Moderators manage every group, also one that is hidden from them; nobody joins it without
    its members learning of it. They are told, or those in `to`: the members until now. Who
    was removed by the same form is told too, or a moderator could take a group over quietly.
    """
    group = membership.working_group
    others = group.memberships.exclude(user=membership.user_id)
    if others.filter(user=by, role=WorkingGroupMembership.Role.LEAD).exists():
        return
    people = [each.user for each in others.select_related("user")]
    now = timezone.now().isoformat()
    for person in people if to is None else to:
        if person.is_active and person not in (by, membership.user):
            send_email(
                name="group_changed",
                to=person.email,
                key=f"group:{membership.pk}:{now}:{person.pk}",
                about=about(group if person in people else person),
                group=group.name,
                person=membership.user.display_name,
                role=membership.get_role_display(),
                by=by.display_name,
                url=absolute_url("/account/"),
            )
