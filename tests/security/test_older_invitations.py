"""A removed lead makes leads by an older invitation; its link shows names to anybody."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from people.actions import (
    InvitationClosed,
    MayNotAddPeople,
    Role,
    accept_invitation,
    add_person,
    change_membership_role,
    close_account,
    invite,
    leave_organization,
    leave_working_group,
    revoke_role,
    suspend_account,
)
from people.models import Invitation, User, WorkingGroup
from tests.factories import HomePageFactory, UserFactory

pytestmark = pytest.mark.django_db
ADDRESS = "invited.kim@example.org"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"|nonce="[^"]*"')


@pytest.fixture(autouse=True)
def _home(db: None) -> None:
    HomePageFactory()


@pytest.fixture
def invited(db: None) -> User:
    return UserFactory(email=ADDRESS)


def url_of(invitation: Invitation) -> str:
    return reverse("people:invitation", args=(invitation.token,))


def remove(owner: User, place: Any) -> None:
    place.memberships.get(user=owner).delete()


def demote(owner: User, place: Any) -> None:
    change_membership_role(
        membership=place.memberships.get(user=owner), role="member", by=owner
    )


def suspend(owner: User, place: Any) -> None:
    suspend_account(user=owner)


def close(owner: User, place: Any) -> None:
    close_account(user=owner)


def delete(owner: User, place: Any) -> None:
    owner.delete()


@pytest.mark.parametrize("lose", [remove, demote, suspend, close, delete])
@pytest.mark.parametrize("kind", ["working_group", "organization"])
def test_an_invitation_dies_with_the_rights_of_its_sender(
    request: Any, client_of: Callable, owner: User, invited: User, kind: str, lose: Any
) -> None:
    place = request.getfixturevalue(kind)
    invitation = invite(email=ADDRESS, into=place, by=owner, role="lead")
    lose(owner, place)
    client = client_of(invited)
    assert "no longer valid" in client.get(url_of(invitation)).content.decode()
    client.post(url_of(invitation))
    assert not place.memberships.filter(user=invited).exists()
    invitation.refresh_from_db()
    assert invitation.accepted_at is None
    with pytest.raises(InvitationClosed):
        accept_invitation(invitation=invitation, user=invited)


def test_a_lead_removed_from_the_only_organization_makes_no_leads_of_the_group(
    client_of: Callable,
    owner: User,
    invited: User,
    organization: Any,
    working_group: Any,
) -> None:
    invitation = invite(email=ADDRESS, into=working_group, by=owner, role="lead")
    leave_organization(user=owner, organization=organization)
    client_of(invited).post(url_of(invitation))
    assert not working_group.memberships.filter(user=invited).exists()


def test_a_former_moderator_makes_no_members_by_older_invitations(
    client_of: Callable, moderator: User, invited: User, working_group: Any
) -> None:
    invitation = invite(email=ADDRESS, into=working_group, by=moderator)
    revoke_role(user=moderator, role=Role.MODERATOR)
    client_of(invited).post(url_of(invitation))
    assert not working_group.memberships.filter(user=invited).exists()


def test_a_closed_group_takes_nobody_in(
    client_of: Callable,
    owner: User,
    invited: User,
    stranger: User,
    working_group: WorkingGroup,
) -> None:
    invitation = invite(email=ADDRESS, into=working_group, by=owner)
    working_group.closed_at = timezone.now()
    working_group.save()
    client = client_of(invited)
    assert "no longer valid" in client.get(url_of(invitation)).content.decode()
    client.post(url_of(invitation))
    assert not working_group.memberships.filter(user=invited).exists()
    with pytest.raises(MayNotAddPeople):
        add_person(user=stranger, into=working_group, by=owner)


def test_somebody_who_leads_nothing_adds_nobody(
    member: User, stranger: User, working_group: Any
) -> None:
    with pytest.raises(MayNotAddPeople):
        add_person(user=stranger, into=working_group, by=member)
    assert not mail.outbox


def test_another_lead_invites_again_on_the_same_day(
    client_of: Callable, owner: User, member: User, invited: User, working_group: Any
) -> None:
    """An invitation that nobody can accept does not keep others from inviting."""
    invitation = invite(email=ADDRESS, into=working_group, by=owner, role="lead")
    leave_working_group(user=owner, working_group=working_group)
    working_group.memberships.filter(user=member).update(role="lead")
    again = invite(email=ADDRESS, into=working_group, by=member)
    assert again.pk == invitation.pk
    client_of(invited).post(url_of(again))
    assert working_group.memberships.get(user=invited).role == "member"


def test_the_rows_that_decide_are_locked(
    owner: User, invited: User, working_group: Any
) -> None:
    """A removal at the same moment waits; SQLite has one writer at a time."""
    invitation = invite(email=ADDRESS, into=working_group, by=owner)
    with CaptureQueriesContext(connection) as queries:
        accept_invitation(invitation=invitation, user=invited)
    locks = [each["sql"] for each in queries if "FOR UPDATE" in each["sql"]]
    if connection.features.has_select_for_update:
        assert any("people_workinggroupmembership" in sql for sql in locks)
        assert any('FROM "people_workinggroup"' in sql for sql in locks)


def test_the_link_tells_a_stranger_nothing(
    client_of: Callable,
    owner: User,
    member: User,
    stranger: User,
    invited: User,
    working_group: Any,
) -> None:
    url = url_of(invite(email=ADDRESS, into=working_group, by=owner))
    unproven = UserFactory(email="other@example.org")
    unproven.emailaddress_set.update(email=ADDRESS, verified=False)
    invited.delete()
    for client in (Client(), *map(client_of, (stranger, unproven, member, owner))):
        for answer in (client.get(url), client.post(url, follow=True)):
            page = answer.content.decode()
            assert answer.status_code == 200
            assert working_group.name not in page
            assert ADDRESS not in page
            assert owner.name not in page or client.session["_auth_user_id"] == str(
                owner.pk
            )


def test_a_visitor_sees_the_same_for_every_invitation(
    owner: User, working_group: Any, organization: Any
) -> None:
    """Pending, expired, withdrawn, in vain, to a group or an organization."""
    into: dict[str, Any] = {"pending": working_group, "organization": organization}
    made = [invite(email=ADDRESS, into=each, by=owner) for each in into.values()]
    for email in ("old@example.org", "gone@example.org", "in.vain@example.org"):
        made.append(invite(email=email, into=working_group, by=owner))
    urls = [url_of(each) for each in made]
    made[2].ends_at = timezone.now() - timedelta(days=1)
    made[2].save()
    made[3].delete()
    made[4].invited_by = None
    made[4].save()
    pages = {
        TOKEN.sub("", Client().get(url).content.decode()).replace(url, "")
        for url in urls
    }
    assert len(pages) == 1


def test_the_invited_person_sees_it_after_signing_in(
    client_of: Callable, owner: User, invited: User, working_group: Any
) -> None:
    url = url_of(invite(email=ADDRESS, into=working_group, by=owner))
    visitor = Client().get(url).content.decode()
    assert f"?next={url}" in visitor
    assert working_group.name in client_of(invited).get(url).content.decode()
