"""Attack: leave a group, or lose an invitation, and read of it in an e-mail of a minute ago.

E-mail that names an organization, a group or an invitation waits in a queue. It is sent only
to those who are in the place at that moment, and only while the invitation can be accepted.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from mail.actions import deliver_due_mail
from mail.models import OutgoingMail
from people.actions import close_account, suspend_account
from people.models import Invitation, User
from tests.factories import HomePageFactory, UserFactory

pytestmark = pytest.mark.django_db
ADDRESS = "kim@example.org"
LISTS = {"o": "people:organization_members", "g": "people:group_members"}


@pytest.fixture(autouse=True)
def _through_the_queue(db: None, settings: Any) -> None:
    HomePageFactory()
    settings.EMAIL_BACKEND = "mail.backends.OutboxBackend"


@pytest.fixture(params=["o", "g"])
def kind(request: Any) -> str:
    """Run a test for organizations and for working groups."""
    return str(request.param)


@pytest.fixture
def place(kind: str, organization: Any, working_group: Any) -> Any:
    return organization if kind == "o" else working_group


@pytest.fixture
def newcomer(db: None) -> User:
    """Return somebody in no organization, whom leads can find."""
    return UserFactory(email="new@example.org", listed=True)


@pytest.fixture
def remove(client_of: Callable, owner: User, kind: str, place: Any) -> Callable:
    """Return `remove(user)`: the lead removes somebody."""

    def post(user: User) -> None:
        args = (kind, place.public_id, user.public_id)
        client_of(owner).post(reverse("people:membership", args=args), {"remove": ""})

    return post


def received() -> set[str]:
    deliver_due_mail()
    return {address for each in mail.outbox for address in each.to}


def add(client: Any, person: User, place: Any) -> None:
    url = reverse("people:add_person", args=(person.public_id,))
    assert client.post(url, {"into": place.public_id}).status_code == 302


def state_of(email: str) -> set[str]:
    found = OutgoingMail.objects.addressed_to([email])
    return set(found.values_list("state", flat=True))


def test_a_person_who_is_added_gets_the_mail(
    client_of: Callable, owner: User, newcomer: User, place: Any
) -> None:
    add(client_of(owner), newcomer, place)
    assert received() == {newcomer.email}
    assert place.name in mail.outbox[0].body


def test_a_person_who_is_removed_again_gets_no_mail(
    client_of: Callable, owner: User, newcomer: User, place: Any, remove: Callable
) -> None:
    add(client_of(owner), newcomer, place)
    remove(newcomer)
    assert received() == set()
    assert state_of(newcomer.email) == {"withheld"}


def test_a_suspended_person_gets_no_mail(
    client_of: Callable, owner: User, newcomer: User, place: Any
) -> None:
    add(client_of(owner), newcomer, place)
    suspend_account(user=newcomer)
    assert received() == set()


@pytest.mark.parametrize("kind", ["g"], indirect=True)
def test_who_left_the_group_does_not_learn_who_joined_it(
    client_of: Callable,
    moderator: User,
    owner: User,
    member: User,
    working_group: Any,
    remove: Callable,
) -> None:
    add(client_of(moderator), moderator, working_group)
    remove(member)
    assert received() == {owner.email, moderator.email}
    assert state_of(member.email) == {"withheld"}


def test_each_promotion_is_announced_and_none_twice(
    client_of: Callable, moderator: User, owner: User, member: User, working_group: Any
) -> None:
    args = ("g", working_group.public_id, member.public_id)
    url = reverse("people:membership", args=args)
    for role in ("lead", "lead", "member", "lead"):
        client_of(moderator).post(url, {"role": role})
    received()
    assert [each.to for each in mail.outbox] == [[owner.email]] * 2


@pytest.fixture
def invitation(client_of: Callable, owner: User, kind: str, place: Any) -> Any:
    """Invite an address by the form of a lead; the e-mail waits in the queue."""
    url = reverse(LISTS[kind], args=(place.public_id,))
    client_of(owner).post(url, {"email": ADDRESS, "role": "member"})
    assert state_of(ADDRESS) == {"queued"}
    return place.invitations.get()


def test_an_invitation_is_sent(invitation: Invitation) -> None:
    assert received() == {ADDRESS}


def withdraw(client: Any, invitation: Invitation, kind: str, owner: User) -> None:
    args = (kind, invitation.into.public_id, invitation.public_id)
    client.post(reverse("people:withdraw", args=args))


def expire(client: Any, invitation: Invitation, kind: str, owner: User) -> None:
    invitation.ends_at = timezone.now() - timedelta(minutes=1)
    invitation.save()


def lose_the_lead(client: Any, invitation: Invitation, kind: str, owner: User) -> None:
    invitation.into.memberships.filter(user=owner).update(role="member")


def close(client: Any, invitation: Invitation, kind: str, owner: User) -> None:
    close_account(user=owner)


def test_who_gets_no_invitation_because_the_lead_lost_it_is_invited_again(
    client_of: Callable, moderator: User, owner: User, working_group: Any
) -> None:
    """By somebody else, and by the same person once they lead again, on the same day."""
    url = reverse(LISTS["g"], args=(working_group.public_id,))
    lead = working_group.memberships.filter(user=owner)
    for number, (first, second) in enumerate(((owner, moderator), (owner, owner))):
        form = {"email": f"{number}.{ADDRESS}", "role": "member"}
        client_of(first).post(url, form)
        lead.update(role="member")
        assert form["email"] not in received()
        if second == owner:
            lead.update(role="lead")
        for _attempt in range(2):
            client_of(second).post(url, form)
        assert received() >= {form["email"]}
        assert len(OutgoingMail.objects.addressed_to([form["email"]])) == 2
        lead.update(role="lead")


@pytest.mark.parametrize("end", [withdraw, expire, lose_the_lead, close])
def test_an_invitation_that_nobody_can_accept_is_not_sent(
    client_of: Callable, owner: User, invitation: Invitation, kind: str, end: Callable
) -> None:
    end(client_of(owner), invitation, kind, owner)
    assert received() == set()
    assert state_of(ADDRESS) == {"withheld"}


def test_an_invitation_is_sent_to_the_invited_address_only(
    invitation: Invitation,
) -> None:
    Invitation.objects.update(email="lee@example.org")
    assert received() == set()
