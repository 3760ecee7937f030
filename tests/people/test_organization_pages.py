"""The page of an organization: what it says, to whom, and at what cost."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from home.models import HomePage
from people.actions import join_organization, leave_organization
from people.models import Organization, User
from tests.factories import (
    HomePageFactory,
    OrganizationFactory,
    PeopleIndexFactory,
    UserFactory,
    community_member,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _home(db: None) -> None:
    HomePageFactory()


@pytest.fixture
def harbour() -> Organization:
    return OrganizationFactory(
        name="Harbour House",
        kind=Organization.Kind.TREATMENT,
        place="Terrace",
        about="Nine beds by the river.",
        website="https://harbour.example/",
    )


def read(client: Client, place: Organization) -> BeautifulSoup:
    answer = client.get(place.get_absolute_url())
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def names_in(page: BeautifulSoup) -> list[str]:
    return [link.get_text() for link in page.select("ul.people a")]


def test_a_visitor_reads_what_it_is_where_and_its_website(
    client: Client, harbour: Organization
) -> None:
    page = read(client, harbour)
    words = page.get_text(" ")
    for each in ("Harbour House", "Bed-based treatment", "Terrace", "Nine beds"):
        assert each in words
    assert page.find("a", href="https://harbour.example/") is not None
    description = page.find("meta", attrs={"name": "description"})
    assert description is not None
    assert description["content"] == "Nine beds by the river."


def test_a_visitor_reads_nothing_about_people(
    client: Client, harbour: Organization
) -> None:
    community_member(name="Rowan", listed=True, organization=harbour)
    page = read(client, harbour)
    assert names_in(page) == []
    assert page.find("h2", string="People") is None
    assert "Rowan" not in page.get_text()


def test_what_is_not_known_is_not_shown(client: Client) -> None:
    bare = OrganizationFactory(name="Dawn House", place="", about="", website="")
    page = read(client, bare)
    assert page.find("a", string="Their website") is None
    assert page.select(".meta") == []


def test_words_of_an_organization_are_escaped(client: Client) -> None:
    place = OrganizationFactory(name="<b>Dusk</b>", about="<script>alert(1)</script>")
    html = client.get(place.get_absolute_url()).content.decode()
    assert "<b>Dusk</b>" not in html
    assert "<script>alert(1)" not in html
    assert "&lt;b&gt;Dusk&lt;/b&gt;" in html


@pytest.mark.parametrize(
    "website", ["javascript:alert(1)", "harbour", "data:text/html,x"]
)
def test_a_website_is_a_url_of_the_web(harbour: Organization, website: str) -> None:
    harbour.website = website
    with pytest.raises(ValidationError, match="valid URL"):
        harbour.full_clean()


def test_members_read_the_names_of_those_who_chose_it_in_their_order(
    client_of: Any, member: User, harbour: Organization
) -> None:
    for name, listed in (("Zoe", True), ("Avery", True), ("Quinn", False)):
        community_member(name=name, listed=listed, organization=harbour)
    community_member(name="Elsewhere", listed=True)
    assert names_in(read(client_of(member), harbour)) == ["Avery", "Zoe"]


def test_a_member_sees_their_own_name_before_others_do(
    client_of: Any, member: User, harbour: Organization
) -> None:
    colleague = community_member(name="Quinn", organization=harbour)
    assert names_in(read(client_of(colleague), harbour)) == ["Quinn"]
    assert names_in(read(client_of(member), harbour)) == []


def test_somebody_who_left_is_no_longer_named(
    client_of: Any, member: User, harbour: Organization
) -> None:
    colleague = community_member(name="Quinn", listed=True, organization=harbour)
    client = client_of(member)
    assert names_in(read(client, harbour)) == ["Quinn"]
    leave_organization(user=colleague, organization=harbour)
    page = read(client, harbour)
    assert names_in(page) == []
    assert "Nobody is named here yet" in page.get_text()


def test_somebody_who_waits_for_an_organization_is_shown_no_names(
    client_of: Any, harbour: Organization
) -> None:
    community_member(name="Quinn", listed=True, organization=harbour)
    waiting = UserFactory(listed=True)
    assert names_in(read(client_of(waiting), harbour)) == []


def test_pronouns_are_shown_beside_the_name(
    client_of: Any, member: User, harbour: Organization
) -> None:
    community_member(
        name="Quinn", pronouns="they/them", listed=True, organization=harbour
    )
    entry = read(client_of(member), harbour).select_one("ul.people li")
    assert entry is not None
    assert "they/them" in entry.get_text()


def test_only_those_who_manage_its_members_get_the_link_to_them(
    client_of: Any,
    organization: Organization,
    owner: User,
    member: User,
    stranger: User,
    editor: User,
    moderator: User,
    administrator: User,
) -> None:
    url = reverse("people:organization_members", args=(organization.public_id,))

    def is_linked(client: Client) -> bool:
        return read(client, organization).find("a", href=url) is not None

    for person in (owner, moderator, administrator):
        assert is_linked(client_of(person)), person
    for client in (*map(client_of, (member, stranger, editor)), Client()):
        assert not is_linked(client)


def test_a_lead_of_another_organization_gets_no_link(
    client_of: Any, owner: User, harbour: Organization
) -> None:
    url = reverse("people:organization_members", args=(harbour.public_id,))
    assert read(client_of(owner), harbour).find("a", href=url) is None
    assert client_of(owner).get(url).status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_the_page_can_only_be_read(
    client: Client, harbour: Organization, method: str
) -> None:
    assert getattr(client, method)(harbour.get_absolute_url()).status_code == 405
    assert client.head(harbour.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("public_id", ["1", "zzzzzzzzzzzz", "HARBOUR", "x" * 200])
def test_an_unknown_id_is_not_found(client: Client, public_id: str) -> None:
    url = reverse("people:organization", args=(public_id,))
    assert client.get(url).status_code == 404


def test_an_unlisted_organization_and_an_unknown_one_look_the_same(
    client: Client,
) -> None:
    hidden = OrganizationFactory(name="Hidden House", listed=False)
    unknown = reverse("people:organization", args=("zzzzzzzzzzzz",))
    answers = [client.get(url) for url in (hidden.get_absolute_url(), unknown)]
    assert [each.status_code for each in answers] == [404, 404]
    assert "Hidden House" not in answers[0].content.decode()


def test_the_same_queries_for_five_people_and_for_fifty(
    client_of: Any, member: User, harbour: Organization, count_queries: Any
) -> None:
    client, counts = client_of(member), []
    for number in (5, 45):
        for _ in range(number):
            join_organization(user=UserFactory(listed=True), organization=harbour)
        read(client, harbour)
        with count_queries() as asked:
            assert len(names_in(read(client, harbour))) >= number
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_a_person_in_two_organizations_appears_once_in_each(
    client_of: Any, member: User, harbour: Organization
) -> None:
    quinn = community_member(name="Quinn", listed=True, organization=harbour)
    second = OrganizationFactory(name="Dawn House", listed=False)
    join_organization(user=quinn, organization=second)
    for place in (harbour, second):
        assert names_in(read(client_of(member), place)) == ["Quinn"]
    both = Organization.objects.visible_to(quinn).filter(name__in=("Dawn House",))
    assert both.count() == 1


def test_the_way_back_leads_to_the_organizations_that_the_user_may_see(
    client: Client, harbour: Organization
) -> None:
    assert read(client, harbour).select(".crumbs a") == []
    door = PeopleIndexFactory(parent=HomePage.objects.get(), title="People")
    way = [
        (each.get_text(), each["href"])
        for each in read(client, harbour).select(".crumbs a")
    ]
    assert way == [("Home", "/"), ("People", door.url)]
