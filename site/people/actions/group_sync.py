"""Groups in step with memberships: the rows say it, the groups follow."""

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
    """Whoever has a membership is in its group, and nobody else; of all, or of some users.

    Returns how many people had to be put right. Groups that follow no membership (the
    roles, and groups made by hand) are left alone. The same few queries for any number.
    """
    members, _ = Group.objects.get_or_create(name=MEMBERS)
    due = _due(members.pk, users)
    had = _had(
        {members.pk, *WorkingGroup.objects.values_list("group", flat=True)}, users
    )
    through = User.groups.through
    wrong = {pk for pk in due.keys() | had.keys() if due[pk] != had[pk]}
    through.objects.bulk_create(
        [
            through(user_id=pk, group_id=group)
            for pk in wrong
            for group in due[pk] - had[pk]
        ],
        ignore_conflicts=True,
    )
    for pk in wrong:
        if surplus := had[pk] - due[pk]:
            through.objects.filter(user_id=pk, group_id__in=surplus).delete()
    rights_changed()
    return len(wrong)


def _due(members: int, users: "Iterable[int] | None") -> dict[int, set[int]]:
    due: dict[int, set[int]] = defaultdict(set)
    working = OrganizationMembership.objects.all()
    writing = WorkingGroupMembership.objects.all()
    if users is not None:
        working, writing = (
            working.filter(user__in=users),
            writing.filter(user__in=users),
        )
    for user in working.values_list("user_id", flat=True):
        due[user].add(members)
    for user, group in writing.values_list("user_id", "working_group__group_id"):
        due[user].add(group)
    return due


def _had(groups: set[int], users: "Iterable[int] | None") -> dict[int, set[int]]:
    had: dict[int, set[int]] = defaultdict(set)
    rows = User.groups.through.objects.filter(group_id__in=groups)
    if users is not None:
        rows = rows.filter(user_id__in=users)
    for user, group in rows.values_list("user_id", "group_id"):
        had[user].add(group)
    return had
