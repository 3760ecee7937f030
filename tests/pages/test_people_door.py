"""The door “People”: the organizations that each person may see."""

from typing import Any

import pytest
from bs4 import BeautifulSoup

from people.actions import join_organization, leave_organization
from people.models import Organization
from tests.factories import OrganizationFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def quiet(db: None) -> Organization:
    """Return an organization that visitors do not see."""
    return OrganizationFactory(name="Quiet House", place="", listed=False)


def shown_to(client: Any, page: Any) -> list[str]:
    html = BeautifulSoup(client.get(page.url).content, "html.parser")
    return [each.get_text(strip=True) for each in html.select(".columns__item h2")]


def counted(client: Any, page: Any) -> str:
    html = BeautifulSoup(client.get(page.url).content, "html.parser")
    count = html.find(id="count")
    return count.get_text(" ", strip=True) if count else ""


def test_visitors_see_listed_organizations(
    client: Any, site_tree: Any, quiet: Organization
) -> None:
    assert shown_to(client, site_tree.people) == ["Lantern House"]
    assert counted(client, site_tree.people) == "1 service or organization"


@pytest.mark.parametrize("who", ["owner", "member", "stranger"])
def test_members_see_all_of_them(
    request: Any, client_of: Any, site_tree: Any, quiet: Organization, who: str
) -> None:
    client = client_of(request.getfixturevalue(who))
    assert shown_to(client, site_tree.people) == ["Lantern House", "Quiet House"]
    assert counted(client, site_tree.people) == "2 services and organizations"


def test_an_account_sees_more_while_it_belongs_to_an_organization(
    client_of: Any, site_tree: Any, quiet: Organization
) -> None:
    user = UserFactory()
    client = client_of(user)
    assert shown_to(client, site_tree.people) == ["Lantern House"]
    join_organization(user=user, organization=quiet)
    assert "Quiet House" in shown_to(client, site_tree.people)
    leave_organization(user=user, organization=quiet)
    assert shown_to(client, site_tree.people) == ["Lantern House"]


def test_an_organization_is_shown_with_its_kind_and_place_and_links_to_its_page(
    client: Any, site_tree: Any
) -> None:
    html = BeautifulSoup(client.get(site_tree.people.url).content, "html.parser")
    item = html.select_one(".columns__item")
    assert item is not None
    assert "Smithers" in item.get_text()
    assert str(Organization.Kind.SUPPORTIVE.label) in item.get_text()
    assert item.a is not None
    assert client.get(str(item.a["href"])).status_code == 200


def test_an_empty_door_says_who_decides(client: Any, site_tree: Any) -> None:
    Organization.objects.update(listed=False)
    html = client.get(site_tree.people.url).content.decode()
    assert "Nobody is listed yet" in html
    assert counted(client, site_tree.people) == ""


def test_the_door_costs_the_same_for_many_organizations(
    client: Any, site_tree: Any, count_queries: Any
) -> None:
    client.get(site_tree.people.url)
    with count_queries() as few:
        client.get(site_tree.people.url)
    OrganizationFactory.create_batch(30)
    with count_queries() as many:
        client.get(site_tree.people.url)
    assert len(shown_to(client, site_tree.people)) == 31
    assert len(many) <= len(few)
