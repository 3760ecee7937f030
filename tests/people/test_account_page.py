"""One's own page: memberships, what happens next, panels of the apps."""

from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from people import registry
from people.actions import (
    change_membership_role,
    join_organization,
    join_working_group,
    leave_organization,
)
from people.models import User, WorkingGroup
from people.registry import AccountPanel
from tests.factories import (
    HomePageFactory,
    OrganizationFactory,
    UserFactory,
    WorkingGroupFactory,
    WorkingGroupIndexFactory,
    WorkingGroupPageFactory,
)

pytestmark = pytest.mark.django_db
ACCOUNT = "/account/"


@pytest.fixture(autouse=True)
def _home(db: None) -> None:
    HomePageFactory()


@pytest.fixture
def panels(monkeypatch: Any) -> dict[str, AccountPanel]:
    """Return the panels that the apps registered; undo what a test adds to them."""
    registered = {each.name: each for each in registry.account_panels()}
    monkeypatch.setattr(registry, "_account_panels", registered)
    return registered


def read(client: Client) -> BeautifulSoup:
    return BeautifulSoup(client.get(ACCOUNT).content, "html.parser")


def titles(page: BeautifulSoup) -> list[str]:
    return [each.get_text(strip=True) for each in page.select("aside h3")]


def test_a_newcomer_reads_what_happens_next(client_of: Any) -> None:
    newcomer = UserFactory(name="Noor", email="noor@example.org")
    words = read(client_of(newcomer)).get_text(" ")
    assert "Hello, Noor" in words
    assert "What happens next" in words
    assert "noor@example.org" in words
    assert "None yet. Ask the lead of a group to add you." in words


def test_a_member_does_not_wait_and_waits_again_after_leaving(
    client_of: Any, member: User, organization: Any
) -> None:
    client = client_of(member)
    assert "What happens next" not in read(client).get_text()
    url = reverse("people:leave_organization", args=(organization.public_id,))
    told = client.post(url, follow=True).content.decode()
    assert "You left Lantern House." in told
    assert "What happens next" in told


def test_somebody_in_a_group_alone_is_not_a_member_yet(client_of: Any) -> None:
    person = UserFactory()
    join_working_group(user=person, working_group=WorkingGroupFactory(name="Dawn"))
    page = read(client_of(person))
    assert "What happens next" in page.get_text()
    assert titles(page) == ["Dawn"]


def test_own_organizations_and_groups_are_listed_by_name(
    client_of: Any, member: User, owner: User
) -> None:
    join_organization(user=member, organization=OrganizationFactory(name="Dawn House"))
    join_working_group(user=member, working_group=WorkingGroupFactory(name="Kitchen"))
    WorkingGroupFactory(name="Of others", leads=[owner])
    page = read(client_of(member))
    assert titles(page) == ["Dawn House", "Lantern House", "Kitchen", "Night shifts"]


def test_only_a_lead_is_linked_to_the_members(
    client_of: Any, member: User, organization: Any, working_group: WorkingGroup
) -> None:
    client = client_of(member)
    for place, name in (
        (organization, "people:organization_members"),
        (working_group, "people:group_members"),
    ):
        url = reverse(name, args=(place.public_id,))
        assert read(client).find("a", href=url) is None
        change_membership_role(
            membership=place.memberships.get(user=member), role="lead", by=member
        )
        assert read(client).find("a", href=url) is not None


def test_a_group_is_linked_to_its_page_if_it_has_one(
    client_of: Any, member: User, working_group: WorkingGroup
) -> None:
    client = client_of(member)
    assert read(client).select_one("[data-door=write] h3 a") is None
    page = WorkingGroupPageFactory(
        parent=WorkingGroupIndexFactory(), group=working_group
    )
    link = read(client).select_one("[data-door=write] h3 a")
    assert link is not None
    assert link["href"] == page.url


def test_a_closed_group_can_still_be_left(
    client_of: Any, member: User, working_group: WorkingGroup
) -> None:
    working_group.closed_at = timezone.now()
    working_group.save()
    client = client_of(member)
    url = reverse("people:leave_group", args=(working_group.public_id,))
    assert read(client).find("form", action=url) is not None
    client.post(url)
    assert titles(read(client)) == ["Lantern House"]


@pytest.mark.parametrize("name", ["leave_organization", "leave_group"])
def test_leaving_needs_a_token_and_a_known_place(
    client_of: Any, member: User, organization: Any, working_group: Any, name: str
) -> None:
    place = organization if name == "leave_organization" else working_group
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(member)
    url = reverse(f"people:{name}", args=(place.public_id,))
    assert strict.post(url).status_code == 403
    assert place.memberships.filter(user=member).exists()
    unknown = reverse(f"people:{name}", args=("zzzzzzzzzzzz",))
    assert client_of(member).post(unknown).status_code == 404


def test_pages_of_the_account_are_never_cached(client_of: Any, member: User) -> None:
    client = client_of(member)
    for name in ("account", "profile", "security", "data", "download", "close"):
        answer = client.get(reverse(f"people:{name}"))
        assert answer.status_code == 200
        assert "no-store" in answer["Cache-Control"], name
        assert "private" in answer["Cache-Control"], name


def test_a_visitor_signs_in_and_comes_back(client: Client) -> None:
    for name in ("account", "profile", "security", "data", "download", "close"):
        url = reverse(f"people:{name}")
        answer = client.get(url)
        assert answer.status_code == 302
        assert answer["Location"] == f"/accounts/login/?next={url}"


def test_the_download_is_a_file_of_today(client_of: Any, member: User) -> None:
    answer = client_of(member).get("/account/data/download/")
    assert answer["Content-Type"] == "application/json; charset=utf-8"
    name = f"everydoor-{timezone.localdate():%Y-%m-%d}.json"
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    assert answer.json()["account"]["name"] == "Mika"


def test_the_same_queries_for_two_groups_and_for_twenty(
    client_of: Any, member: User, count_queries: Any
) -> None:
    client, counts = client_of(member), []
    index = WorkingGroupIndexFactory()
    for number in (2, 18):
        for _ in range(number):
            group = WorkingGroupFactory(members=[member])
            WorkingGroupPageFactory(parent=index, group=group)
            join_organization(user=member, organization=OrganizationFactory())
        client.get(ACCOUNT)
        with count_queries() as asked:
            client.get(ACCOUNT)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_panels_are_shown_in_their_order_with_values_of_the_person(
    client_of: Any,
    member: User,
    panels: dict[str, AccountPanel],
    settings: Any,
    tmp_path: Path,
) -> None:
    (tmp_path / "tea.html").write_text("<p class=tea>{{ panel.words }}{{ user }}</p>")
    engine = settings.TEMPLATES[0]
    settings.TEMPLATES = [{**engine, "DIRS": [tmp_path, *engine["DIRS"]]}]
    panels.clear()
    for name, order in (("last", 900), ("first", 5)):
        registry.register_account_panel(
            AccountPanel(
                name=name,
                order=order,
                template="tea.html",
                values=lambda user, name=name: {"words": f"{name} of {user.name}"},
            )
        )
    shown = [each.get_text() for each in read(client_of(member)).select(".tea")]
    assert shown == ["first of Mika", "last of Mika"]


def test_a_panel_may_be_registered_again_but_not_another_of_its_name(
    panels: dict[str, AccountPanel],
) -> None:
    def values(user: User) -> dict[str, Any]:
        return {}

    panel = AccountPanel(name="tea", order=1, template="a.html", values=values)
    registry.register_account_panel(panel)
    registry.register_account_panel(panel)
    other = AccountPanel(name="tea", order=2, template="a.html", values=values)
    with pytest.raises(ImproperlyConfigured, match="tea"):
        registry.register_account_panel(other)
    assert panels["tea"] is panel


def test_the_panels_of_the_apps_open_for_everybody(
    client_of: Any, member: User, administrator: User
) -> None:
    names = [each.name for each in registry.account_panels()]
    assert len(names) == len(set(names))
    for person in (UserFactory(), member, administrator):
        assert client_of(person).get(ACCOUNT).status_code == 200


def test_a_person_who_was_removed_loses_the_group_on_their_page(
    client_of: Any, member: User, working_group: WorkingGroup
) -> None:
    client = client_of(member)
    assert "Night shifts" in titles(read(client))
    working_group.memberships.filter(user=member).delete()
    leave_organization(user=member, organization=member.organizations.get())
    assert titles(read(client)) == []
