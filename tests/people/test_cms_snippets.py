"""Organizations, working groups and contributors in the CMS: refused input and limits."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from people.actions import Role
from people.models import Contributor, Organization, User, WorkingGroup
from tests.factories import (
    ContributorFactory,
    HomePageFactory,
    OrganizationFactory,
    UserFactory,
    WorkingGroupFactory,
    WorkingGroupIndexFactory,
    WorkingGroupPageFactory,
)

pytestmark = pytest.mark.django_db
SNIPPETS = "/cms/snippets/people/"
ORGANIZATIONS = f"{SNIPPETS}organization/"
GROUPS = f"{SNIPPETS}workinggroup/"
CONTRIBUTORS = f"{SNIPPETS}contributor/"


@pytest.fixture(autouse=True)
def _home(db: None) -> None:
    HomePageFactory()


def memberships(*rows: dict[str, Any]) -> dict[str, Any]:
    """Return what the CMS posts for new memberships."""
    given: dict[str, Any] = {
        "memberships-TOTAL_FORMS": len(rows),
        "memberships-INITIAL_FORMS": 0,
        "memberships-MIN_NUM_FORMS": 0,
        "memberships-MAX_NUM_FORMS": 1000,
    }
    for number, row in enumerate(rows):
        given |= {f"memberships-{number}-{key}": value for key, value in row.items()}
    return given


def listed(client: Client, url: str) -> set[str]:
    """Return the names in a list of the CMS."""
    page = BeautifulSoup(client.get(url).content, "html.parser")
    return {each.get_text(strip=True) for each in page.select(".title-wrapper a")}


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("name", "", "This field is required"),
        ("name", "x" * 201, "at most 200 characters"),
        ("name", "Lantern House", "already exists"),
        ("kind", "castle", "not one of the available choices"),
        ("website", "javascript:alert(1)", "Enter a valid URL"),
        ("about", "x" * 1201, "at most 1200 characters"),
    ],
)
def test_an_organization_that_is_not_right_is_refused(
    client_of: Any, moderator: User, field: str, value: str, told: str
) -> None:
    data = {"name": "Harbour", "kind": "other"} | memberships() | {field: value}
    answer = client_of(moderator).post(f"{ORGANIZATIONS}add/", data)
    assert answer.status_code == 200
    assert told in answer.content.decode()
    assert [each.name for each in Organization.objects.all()] == ["Lantern House"]


@pytest.mark.parametrize("kind", ["organization", "workinggroup"])
def test_a_person_cannot_be_put_into_a_place_twice(
    client_of: Any, moderator: User, kind: str
) -> None:
    person = UserFactory()
    row = {"user": person.pk, "role": "member"}
    data = {"name": "Harbour", "kind": "other"} | memberships(row, row)
    answer = client_of(moderator).post(f"{SNIPPETS}{kind}/add/", data)
    assert answer.status_code == 200
    assert not person.organizations.exists()
    assert not person.working_groups.exists()
    assert not WorkingGroup.objects.filter(name="Harbour").exists()


def test_a_role_that_does_not_exist_is_refused_in_a_membership(
    client_of: Any, moderator: User
) -> None:
    row = {"user": UserFactory().pk, "role": "owner"}
    data = {"name": "Harbour", "kind": "other"} | memberships(row)
    answer = client_of(moderator).post(f"{ORGANIZATIONS}add/", data)
    assert answer.status_code == 200
    assert not Organization.objects.filter(name="Harbour").exists()


def test_a_second_working_group_of_one_name_is_refused(
    client_of: Any, moderator: User
) -> None:
    WorkingGroupFactory(name="Kitchen")
    before = Group.objects.count()
    data = {"name": "Kitchen"} | memberships()
    answer = client_of(moderator).post(f"{GROUPS}add/", data)
    assert answer.status_code == 200
    assert "already exists" in answer.content.decode()
    assert Group.objects.count() == before


def test_lists_are_searched_and_filtered(client_of: Any, moderator: User) -> None:
    OrganizationFactory(name="Harbour House", place="Terrace", kind="treatment")
    OrganizationFactory(name="Dawn House", place="Kitimat", listed=False)
    client = client_of(moderator)
    everything = {"Lantern House", "Harbour House", "Dawn House"}
    assert listed(client, ORGANIZATIONS) >= everything
    assert listed(client, f"{ORGANIZATIONS}?q=terrace") == {"Harbour House"}
    assert listed(client, f"{ORGANIZATIONS}?kind=treatment") == {"Harbour House"}
    assert listed(client, f"{ORGANIZATIONS}?listed=false") == {"Dawn House"}


def test_a_working_group_is_closed_and_opened_in_the_cms(
    client_of: Any, moderator: User
) -> None:
    group = WorkingGroupFactory(name="Kitchen")
    data = {"name": "Kitchen", "listed": "on"} | memberships()
    client, url = client_of(moderator), f"{GROUPS}edit/{group.pk}/"
    now = timezone.localtime().strftime("%Y-%m-%d %H:%M")
    assert client.post(url, data | {"closed_at": now}).status_code == 302
    assert group not in WorkingGroup.objects.active()
    assert client.post(url, data | {"closed_at": ""}).status_code == 302
    assert group in WorkingGroup.objects.active()


def test_renaming_a_group_in_the_cms_renames_its_permission_group(
    client_of: Any, moderator: User, member: User, working_group: WorkingGroup
) -> None:
    row = working_group.memberships.get(user=member)
    data = {"name": "Evening shifts"} | memberships(
        {"user": member.pk, "role": "member", "id": row.pk}
    )
    data["memberships-INITIAL_FORMS"] = 1
    client_of(moderator).post(f"{GROUPS}edit/{working_group.pk}/", data)
    working_group.refresh_from_db()
    assert working_group.group.name == "Working group: Evening shifts"
    assert working_group.group in member.groups.all()


@pytest.mark.parametrize("at_once", [False, True])
def test_a_working_group_with_a_page_is_not_deleted(
    client_of: Any,
    moderator: User,
    member: User,
    working_group: WorkingGroup,
    at_once: bool,
) -> None:
    WorkingGroupPageFactory(parent=WorkingGroupIndexFactory(), group=working_group)
    bulk = reverse("wagtail_bulk_action", args=("people", "workinggroup", "delete"))
    one = f"{GROUPS}delete/{working_group.pk}/"
    url = f"{bulk}?id={working_group.pk}" if at_once else one
    client = client_of(moderator)
    assert client.get(url).status_code == 200
    answer = client.post(url, follow=True)
    assert answer.redirect_chain == [(GROUPS, 302)]
    assert "Night shifts cannot be deleted" in answer.content.decode()
    assert WorkingGroup.objects.filter(pk=working_group.pk).exists()
    assert working_group.group in member.groups.all()


def test_groups_without_pages_are_deleted_at_once(
    client_of: Any, moderator: User
) -> None:
    made = [WorkingGroupFactory(name=name) for name in ("Dawn", "Dusk")]
    bulk = reverse("wagtail_bulk_action", args=("people", "workinggroup", "delete"))
    chosen = "&".join(f"id={each.pk}" for each in made)
    client_of(moderator).post(f"{bulk}?{chosen}")
    assert not WorkingGroup.objects.exists()
    assert not Group.objects.filter(name__startswith="Working group").exists()


def test_a_working_group_without_a_page_is_deleted_with_its_permissions(
    client_of: Any, moderator: User, member: User, working_group: WorkingGroup
) -> None:
    client_of(moderator).post(f"{GROUPS}delete/{working_group.pk}/")
    assert not WorkingGroup.objects.exists()
    assert [each.name for each in member.groups.all()] == ["Members"]


def test_deleting_the_only_organization_of_a_person_ends_their_membership(
    client_of: Any, moderator: User
) -> None:
    place = OrganizationFactory(name="Harbour House")
    person = UserFactory()
    place.memberships.create(user=person)
    client_of(moderator).post(f"{ORGANIZATIONS}delete/{place.pk}/")
    assert not Organization.objects.filter(pk=place.pk).exists()
    assert not person.groups.exists()


@pytest.mark.parametrize("who", ["editor", "member", "stranger"])
@pytest.mark.parametrize("verb", ["edit", "delete"])
def test_others_change_neither_organizations_nor_groups(
    request: Any, client_of: Any, organization: Any, who: str, verb: str
) -> None:
    client = client_of(request.getfixturevalue(who))
    group = WorkingGroupFactory(name="Kitchen")
    data = {"name": "Taken over", "kind": "other"} | memberships()
    for url in (
        f"{ORGANIZATIONS}{verb}/{organization.pk}/",
        f"{GROUPS}{verb}/{group.pk}/",
    ):
        assert client.post(url, data).status_code in {302, 404}
    organization.refresh_from_db()
    group.refresh_from_db()
    assert (organization.name, group.name) == ("Lantern House", "Kitchen")


def test_an_editor_does_not_learn_or_change_whose_byline_it_is(
    client_of: Any, editor: User, administrator: User
) -> None:
    person = UserFactory(email="hidden@example.org", name="Legal Name")
    byline = ContributorFactory(name="A night worker", user=person)
    url = f"{CONTRIBUTORS}edit/{byline.pk}/"
    seen_by_editor = client_of(editor).get(url).content.decode()
    assert "A night worker" in seen_by_editor
    assert "Legal Name" not in seen_by_editor
    assert "hidden@example.org" not in seen_by_editor
    assert "Legal Name" in client_of(administrator).get(url).content.decode()
    for user in ("", editor.pk):
        data = {"name": "Renamed", "about": "", "organization": "", "user": user}
        client_of(editor).post(url, data)
        byline.refresh_from_db()
        assert (byline.name, byline.user) == ("Renamed", person)


def test_a_second_byline_of_one_account_is_refused_in_the_cms(
    client_of: Any, administrator: User
) -> None:
    person = UserFactory()
    ContributorFactory(user=person)
    data = {"name": "Second", "about": "", "organization": "", "user": person.pk}
    answer = client_of(administrator).post(f"{CONTRIBUTORS}add/", data)
    assert answer.status_code == 200
    assert "already exists" in answer.content.decode()
    assert Contributor.objects.count() == 1


def test_bylines_without_an_account_may_share_a_name(
    client_of: Any, editor: User
) -> None:
    data = {"name": "A member", "about": "", "organization": ""}
    for _ in range(2):
        answer = client_of(editor).post(f"{CONTRIBUTORS}add/", data)
        assert answer.status_code == 302
    assert Contributor.objects.filter(name="A member", user=None).count() == 2
    empty = client_of(editor).post(f"{CONTRIBUTORS}add/", data | {"name": " "})
    assert "This field is required" in empty.content.decode()


def test_somebody_who_lost_their_role_edits_nothing(
    client_of: Any, moderator: User, organization: Any
) -> None:
    client = client_of(moderator)
    url = f"{ORGANIZATIONS}edit/{organization.pk}/"
    assert client.get(url).status_code == 200
    moderator.groups.remove(Group.objects.get(name=Role.MODERATOR))
    data = {"name": "Taken over", "kind": "other"} | memberships()
    assert client.get(url).status_code in {302, 404}
    assert client.post(url, data).status_code in {302, 404}
    organization.refresh_from_db()
    assert organization.name == "Lantern House"
