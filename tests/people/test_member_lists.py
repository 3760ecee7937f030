"""Leads manage members over HTTP: roles, removal, refused input, two leads at once."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mail.models import OutgoingMail
from people.actions import (
    add_person,
    change_membership_role,
    join_organization,
    join_working_group,
    leave_organization,
    leave_working_group,
)
from people.models import OrganizationMembership, User, WorkingGroup
from tests.factories import (
    HomePageFactory,
    OrganizationFactory,
    StandardPageFactory,
    UserFactory,
    WorkingGroupFactory,
    restrict_page,
)

pytestmark = pytest.mark.django_db
LISTS = {"o": "people:organization_members", "g": "people:group_members"}
OUTBOX = "mail.backends.OutboxBackend"


@pytest.fixture(autouse=True)
def _home(db: None) -> None:
    HomePageFactory()


@pytest.fixture(params=["o", "g"])
def kind(request: Any) -> str:
    """Run a test for organizations and for working groups."""
    return str(request.param)


@pytest.fixture
def place(kind: str, organization: Any, working_group: Any) -> Any:
    return organization if kind == "o" else working_group


@pytest.fixture
def list_url(kind: str, place: Any) -> str:
    return reverse(LISTS[kind], args=(place.public_id,))


def url_of(kind: str, place: Any, person: User) -> str:
    return reverse("people:membership", args=(kind, place.public_id, person.public_id))


def rows_in(client: Client, url: str) -> list[tuple[str, str]]:
    """Return role and name of each person in the list."""
    page = BeautifulSoup(client.get(url).content, "html.parser")
    return [
        (role.get_text(strip=True), title.get_text(strip=True))
        for row in page.select(".row")
        if (role := row.select_one(".eyebrow")) and (title := row.select_one("h3"))
    ]


def test_the_list_shows_leads_first_and_then_members_by_name(
    client_of: Any, owner: User, member: User, kind: str, place: Any, list_url: str
) -> None:
    avery = UserFactory(name="Avery")
    join = join_organization if kind == "o" else join_working_group
    join(user=avery, **{"organization" if kind == "o" else "working_group": place})
    assert rows_in(client_of(owner), list_url) == [
        ("Lead", "Olu"),
        ("Member", "Avery"),
        ("Member", "Mika"),
    ]


def test_a_role_is_changed_and_changed_back(
    client_of: Any, owner: User, member: User, kind: str, place: Any, list_url: str
) -> None:
    client, url = client_of(owner), url_of(kind, place, member)
    reader = client_of(member)
    assert reader.get(list_url).status_code == 404
    answer = client.post(url, {"role": "lead"}, follow=True)
    assert answer.redirect_chain == [(list_url, 302)]
    assert "Saved." in answer.content.decode()
    assert reader.get(list_url).status_code == 200
    client.post(url, {"role": "member"})
    assert reader.get(list_url).status_code == 404


@pytest.mark.parametrize("role", ["", "owner", "Lead", "administrator"])
def test_a_role_that_does_not_exist_is_refused(
    client_of: Any, owner: User, member: User, kind: str, place: Any, role: str
) -> None:
    answer = client_of(owner).post(url_of(kind, place, member), {"role": role})
    assert answer.status_code == 200
    assert BeautifulSoup(answer.content, "html.parser").select_one(".errorlist, .error")
    assert place.memberships.get(user=member).role == "member"
    with pytest.raises(ValueError, match=r"not a valid \w+\.Role"):
        change_membership_role(
            membership=place.memberships.get(user=member), role=role or "none", by=owner
        )


def test_somebody_who_was_removed_sees_the_place_no_longer(
    client_of: Any, owner: User, member: User, working_group: WorkingGroup
) -> None:
    page = restrict_page(StandardPageFactory(slug="ours"), working_group.group)
    reader = client_of(member)
    assert reader.get(page.url).status_code == 200
    url = url_of("g", working_group, member)
    told = client_of(owner).post(url, {"remove": "1"}, follow=True).content.decode()
    assert "Mika was removed." in told
    assert reader.get(page.url).status_code != 200
    assert client_of(owner).post(url, {"remove": "1"}).status_code == 404


def test_removing_somebody_needs_a_post(
    client_of: Any, owner: User, member: User, kind: str, place: Any
) -> None:
    answer = client_of(owner).get(url_of(kind, place, member), {"remove": "1"})
    assert answer.status_code == 200
    assert place.memberships.filter(user=member).exists()


def test_a_person_who_is_not_there_is_not_found(
    client_of: Any, owner: User, kind: str, place: Any
) -> None:
    outsider = UserFactory(listed=True)
    client = client_of(owner)
    for data in ({"role": "lead"}, {"remove": "1"}):
        assert client.post(url_of(kind, place, outsider), data).status_code == 404
    assert not place.memberships.filter(user=outsider).exists()


def test_a_membership_is_not_reached_through_another_place(
    client_of: Any, stranger: User, member: User, working_group: WorkingGroup
) -> None:
    """The lead of one group names the id of their own group and a person of another."""
    own = WorkingGroupFactory(name="Dawn", leads=[stranger])
    client = client_of(stranger)
    places = [("g", own), ("o", own), ("o", working_group), ("g", working_group)]
    for kind, place in places:
        answer = client.post(url_of(kind, place, member), {"remove": "1"})
        assert answer.status_code == 404
    assert working_group.memberships.filter(user=member).exists()


def test_a_lead_who_makes_themselves_a_member_leads_no_more(
    client_of: Any, owner: User, kind: str, place: Any, list_url: str
) -> None:
    client = client_of(owner)
    answer = client.post(url_of(kind, place, owner), {"role": "member"})
    assert answer.url == list_url
    assert client.get(list_url).status_code == 404


def test_members_of_a_closed_group_are_not_managed(
    client_of: Any, owner: User, member: User, working_group: WorkingGroup
) -> None:
    working_group.closed_at = timezone.now()
    working_group.save()
    url = url_of("g", working_group, member)
    assert client_of(owner).post(url, {"remove": "1"}).status_code == 404
    leave = reverse("people:leave_group", args=(working_group.public_id,))
    assert client_of(member).post(leave).status_code == 302  # but everybody may leave
    assert not working_group.memberships.filter(user=member).exists()


@pytest.mark.parametrize("email", ["", "nobody", "a@b", "a@example.org\nBcc: x@y.zz"])
def test_an_address_that_is_none_is_refused_and_shown_again(
    client_of: Any, owner: User, place: Any, list_url: str, email: str
) -> None:
    answer = client_of(owner).post(list_url, {"email": email, "role": "member"})
    assert answer.status_code == 200
    assert not place.invitations.exists()
    assert not mail.outbox


def test_the_lists_are_never_cached_and_can_not_be_deleted(
    client_of: Any, owner: User, list_url: str
) -> None:
    client = client_of(owner)
    assert "no-store" in client.get(list_url)["Cache-Control"]
    for method in ("put", "delete", "patch"):
        assert getattr(client, method)(list_url).status_code == 405


def test_the_same_queries_for_five_members_and_for_fifty(
    client_of: Any, owner: User, working_group: WorkingGroup, count_queries: Any
) -> None:
    client, counts = client_of(owner), []
    url = reverse("people:group_members", args=(working_group.public_id,))
    for number in (5, 45):
        for _ in range(number):
            join_working_group(user=UserFactory(), working_group=working_group)
        client.get(url)
        with count_queries() as asked:
            client.get(url)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_joining_twice_is_one_membership_with_the_latest_role() -> None:
    user, place = UserFactory(), OrganizationFactory()
    first = join_organization(user=user, organization=place)
    second = join_organization(user=user, organization=place, role="lead")
    assert first.pk == second.pk
    assert OrganizationMembership.objects.get().role == "lead"
    assert second.since == first.since


def test_leaving_what_one_is_not_in_changes_nothing(
    member: User, stranger: User, working_group: WorkingGroup
) -> None:
    leave_working_group(user=stranger, working_group=working_group)
    leave_organization(user=stranger, organization=OrganizationFactory())
    assert working_group.memberships.get().user == member
    assert stranger.organizations.count() == 1


def test_adding_somebody_twice_keeps_their_role_and_writes_once(
    owner: User, stranger: User, working_group: WorkingGroup, settings: Any
) -> None:
    settings.EMAIL_BACKEND = OUTBOX
    first = add_person(user=stranger, into=working_group, by=owner)
    change_membership_role(membership=first, role="lead", by=owner)
    again = add_person(user=stranger, into=working_group, by=owner)
    assert (again.pk, again.role) == (first.pk, "lead")
    assert OutgoingMail.objects.count() == 1
    assert owner.name in OutgoingMail.objects.get().text


def test_somebody_who_left_and_is_added_again_gets_a_second_email(
    owner: User, stranger: User, working_group: WorkingGroup, settings: Any
) -> None:
    settings.EMAIL_BACKEND = OUTBOX
    for _ in range(2):
        add_person(user=stranger, into=working_group, by=owner)
        leave_working_group(user=stranger, working_group=working_group)
    led = OrganizationFactory()
    join_organization(user=owner, organization=led, role="lead")
    add_person(user=stranger, into=led, by=owner)
    assert OutgoingMail.objects.count() == 3
