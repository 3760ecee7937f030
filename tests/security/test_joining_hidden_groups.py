"""A moderator adds itself to a hidden group, and the group is not told."""

from typing import Any

import pytest
from django.core import mail
from django.urls import reverse

from people.actions import change_membership_role, invite, join_working_group
from people.models import User, WorkingGroup
from tests.factories import HomePageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _home(db: None) -> None:
    HomePageFactory()


@pytest.fixture
def hidden_group(working_group: WorkingGroup, owner: User, member: User) -> Any:
    working_group.listed = False
    working_group.save()
    mail.outbox.clear()
    return working_group


def told() -> set[str]:
    return {to for message in mail.outbox for to in message.to}


def rows(group: WorkingGroup, *added: dict[str, Any]) -> dict[str, Any]:
    """Return the form of a group in the CMS, with people added."""
    kept = [
        {"id": each.pk, "user": each.user_id, "role": each.role}
        for each in group.memberships.all()
    ]
    given: dict[str, Any] = {
        "name": group.name,
        "memberships-TOTAL_FORMS": len(kept) + len(added),
        "memberships-INITIAL_FORMS": len(kept),
        "memberships-MIN_NUM_FORMS": 0,
        "memberships-MAX_NUM_FORMS": 1000,
    }
    for number, row in enumerate([*kept, *added]):
        given |= {f"memberships-{number}-{key}": value for key, value in row.items()}
    return given


def cms(group: WorkingGroup) -> str:
    return f"/cms/snippets/people/workinggroup/edit/{group.pk}/"


def test_the_group_is_told_when_a_moderator_joins_in_the_cms(
    client_of: Any, moderator: User, owner: User, member: User, hidden_group: Any
) -> None:
    row = {"user": moderator.pk, "role": "member"}
    client = client_of(moderator)
    assert client.post(cms(hidden_group), rows(hidden_group, row)).status_code == 302
    assert hidden_group.memberships.filter(user=moderator).exists()
    assert told() == {owner.email, member.email}
    assert "Mo is now in Night shifts" in mail.outbox[0].body
    assert "Night shifts" not in mail.outbox[0].subject


def test_members_who_are_removed_in_the_same_form_are_told_too(
    client_of: Any, moderator: User, owner: User, member: User, hidden_group: Any
) -> None:
    sent = rows(hidden_group, {"user": moderator.pk, "role": "lead"})
    sent |= {"memberships-0-DELETE": "on", "memberships-1-DELETE": "on"}
    client_of(moderator).post(cms(hidden_group), sent)
    assert hidden_group.memberships.get().user == moderator
    assert told() == {owner.email, member.email}


def test_the_group_is_told_when_a_moderator_adds_itself_on_a_page(
    client_of: Any, moderator: User, owner: User, member: User, hidden_group: Any
) -> None:
    url = reverse("people:add_person", args=(moderator.public_id,))
    client_of(moderator).post(url, {"into": hidden_group.public_id})
    assert hidden_group.memberships.filter(user=moderator).exists()
    assert told() >= {owner.email, member.email}


def test_the_group_is_told_when_a_moderator_invites_itself(
    client_of: Any, moderator: User, owner: User, member: User, hidden_group: Any
) -> None:
    invitation = invite(email=moderator.email, into=hidden_group, by=moderator)
    mail.outbox.clear()
    url = reverse("people:invitation", args=(invitation.token,))
    client_of(moderator).post(url)
    assert hidden_group.memberships.filter(user=moderator).exists()
    assert told() == {owner.email, member.email}


def test_the_group_is_told_when_a_moderator_makes_itself_a_lead(
    client_of: Any, moderator: User, owner: User, member: User, hidden_group: Any
) -> None:
    join_working_group(user=moderator, working_group=hidden_group)
    url = reverse(
        "people:membership", args=("g", hidden_group.public_id, moderator.public_id)
    )
    client_of(moderator).post(url, {"role": "lead"})
    assert told() == {owner.email, member.email}
    mail.outbox.clear()
    client_of(moderator).post(cms(hidden_group), rows(hidden_group))
    assert not mail.outbox


def test_a_lead_who_adds_or_promotes_people_tells_nobody_else(
    client_of: Any, owner: User, member: User, stranger: User, hidden_group: Any
) -> None:
    User.objects.filter(pk=stranger.pk).update(listed=True)
    url = reverse("people:add_person", args=(stranger.public_id,))
    client_of(owner).post(url, {"into": hidden_group.public_id})
    assert told() == {stranger.email}
    change_membership_role(
        membership=hidden_group.memberships.get(user=member), role="lead", by=owner
    )
    assert told() == {stranger.email}


def test_a_suspended_member_gets_no_mail(
    client_of: Any, moderator: User, owner: User, member: User, hidden_group: Any
) -> None:
    User.objects.filter(pk=member.pk).update(is_active=False)
    row = {"user": moderator.pk, "role": "member"}
    client_of(moderator).post(cms(hidden_group), rows(hidden_group, row))
    assert told() == {owner.email}
