"""Derive Django groups from membership rows: the rows decide, the groups follow."""

from collections import defaultdict
from typing import TYPE_CHECKING

from django.contrib.auth.models import Group
from django.db import transaction

from people.models import (
    OrganizationMembership,
    User,
    WorkingGroup,
    WorkingGroupMembership,
)
from people.querysets import MEMBERS, rights_changed

if TYPE_CHECKING:
    from collections.abc import Iterable


@transaction.atomic
def sync_groups(*, users: "Iterable[int] | None" = None) -> int:
    """Put users into the groups of their memberships, and out of all other such groups.

    Covers all users, or those with the given primary keys. Returns how many were corrected.
    Groups that belong to no membership (roles, and groups made by hand) are not touched. The
    number of queries does not depend on the number of users.
    """
    members, _ = Group.objects.get_or_create(name=MEMBERS)
    expected = _expected_groups(members.pk, users)
    actual = _actual_groups(
        {members.pk, *WorkingGroup.objects.values_list("group", flat=True)}, users
    )
    through = User.groups.through
    wrong = {pk for pk in expected.keys() | actual.keys() if expected[pk] != actual[pk]}
    through.objects.bulk_create(
        [
            through(user_id=pk, group_id=group)
            for pk in wrong
            for group in expected[pk] - actual[pk]
        ],
        ignore_conflicts=True,
    )
    for pk in wrong:
        if surplus := actual[pk] - expected[pk]:
            through.objects.filter(user_id=pk, group_id__in=surplus).delete()
    rights_changed()
    return len(wrong)


def _expected_groups(
    members: int, users: "Iterable[int] | None"
) -> dict[int, set[int]]:
    expected: dict[int, set[int]] = defaultdict(set)
    in_organizations = OrganizationMembership.objects.all()
    in_groups = WorkingGroupMembership.objects.all()
    if users is not None:
        in_organizations = in_organizations.filter(user__in=users)
        in_groups = in_groups.filter(user__in=users)
    for user in in_organizations.values_list("user_id", flat=True):
        expected[user].add(members)
    for user, group in in_groups.values_list("user_id", "working_group__group_id"):
        expected[user].add(group)
    return expected


def _actual_groups(
    groups: set[int], users: "Iterable[int] | None"
) -> dict[int, set[int]]:
    actual: dict[int, set[int]] = defaultdict(set)
    rows = User.groups.through.objects.filter(group_id__in=groups)
    if users is not None:
        rows = rows.filter(user_id__in=users)
    for user, group in rows.values_list("user_id", "group_id"):
        actual[user].add(group)
    return actual
