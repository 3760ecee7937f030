"""Membership rows and permission groups agree, however the rows are written."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command

from people.actions import (
    Role,
    grant_role,
    join_organization,
    join_working_group,
    sync_groups,
)
from people.models import (
    OrganizationMembership,
    User,
    WorkingGroup,
    WorkingGroupMembership,
)
from tests.factories import (
    OrganizationFactory,
    UserFactory,
    WorkingGroupFactory,
    members_group,
)

pytestmark = pytest.mark.django_db


def agree() -> bool:
    """Return whether no group has to be corrected."""
    return sync_groups() == 0


def test_groups_follow_actions_and_rows(
    organization: Any, working_group: WorkingGroup
) -> None:
    user = UserFactory()
    join_organization(user=user, organization=organization)
    assert members_group() in user.groups.all()
    WorkingGroupMembership.objects.create(user=user, working_group=working_group)
    assert working_group.group in user.groups.all()
    second = OrganizationFactory()
    join_organization(user=user, organization=second)
    OrganizationMembership.objects.filter(user=user, organization=organization).delete()
    assert members_group() in user.groups.all()
    second.delete()
    assert members_group() not in user.groups.all()
    working_group.memberships.all().delete()
    assert working_group.group not in user.groups.all()
    assert agree()


def test_groups_written_by_hand_are_corrected(
    member: User, working_group: WorkingGroup
) -> None:
    grant_role(user=member, role=Role.EDITOR)
    stranger = UserFactory()
    stranger.groups.add(working_group.group, members_group())
    working_group.group.user_set.remove(member)
    member.groups.remove(members_group())
    assert set(stranger.groups.all()) == set()
    assert {each.name for each in member.groups.all()} == {
        "Members",
        "Editors",
        working_group.group.name,
    }
    member.groups.clear()
    assert members_group() in member.groups.all()
    assert agree()


def test_rows_behind_the_models_are_found_by_the_command(
    working_group: WorkingGroup, capsys: Any
) -> None:
    people = [UserFactory() for _ in range(3)]
    WorkingGroupMembership.objects.bulk_create(
        WorkingGroupMembership(user=each, working_group=working_group)
        for each in people
    )
    call_command("sync_groups", "--json")
    assert capsys.readouterr().out.strip() == '{"changed": 3}'
    assert working_group.group.user_set.count() == 3
    assert agree()


def test_deleting_an_account_or_a_group_leaves_nothing_behind(member: User) -> None:
    group = WorkingGroupFactory(name="Kitchen", members=[member])
    permission_group = group.group_id
    group.delete()
    assert not Group.objects.filter(pk=permission_group).exists()
    join_working_group(user=member, working_group=WorkingGroupFactory())
    member.delete()
    assert agree()


def test_a_working_group_and_its_permission_group_share_a_name() -> None:
    group = WorkingGroup.objects.create(name="Kitchen")
    group.name = "Kitchens"
    group.save()
    assert Group.objects.get(pk=group.group_id).name == "Working group: Kitchens"


def test_the_same_queries_for_five_and_for_fifty(
    working_group: WorkingGroup, count_queries: Any
) -> None:
    counts = []
    for number in (5, 45):
        WorkingGroupMembership.objects.bulk_create(
            WorkingGroupMembership(user=UserFactory(), working_group=working_group)
            for _ in range(number)
        )
        with count_queries() as asked:
            sync_groups()
        counts.append(len(asked))
    assert counts[0] == counts[1]
