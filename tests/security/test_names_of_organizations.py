"""An organization that is not public is named to visitors by the statements it endorses."""

from typing import Any

import pytest
from django.test import Client

from knowledge.statements.actions import endorse
from people.models import Organization, User
from search.actions import apply_changes
from tests.factories import OrganizationFactory, UserFactory

pytestmark = pytest.mark.django_db
HIDDEN = "Safe House Tamarack"
PUBLIC = "Harbour Recovery"


@pytest.fixture
def statement(site_tree: Any) -> Any:
    """Return a public statement that a hidden and a public organization endorse."""
    made = site_tree.statement
    made.endorsements.all().delete()
    endorse(statement=made, organization=OrganizationFactory(name=HIDDEN, listed=False))
    endorse(statement=made, organization=OrganizationFactory(name=PUBLIC))
    return made


@pytest.fixture
def guest(db: None) -> User:
    """Return somebody with an account who belongs to no organization."""
    return UserFactory()


def search(query: str, path: str = "/search/") -> str:
    apply_changes()
    return Client().get(path, {"q": query}).content.decode()


@pytest.mark.parametrize(
    ("who", "named"), [("visitor", False), ("guest", False), ("stranger", True)]
)
def test_a_hidden_organization_is_named_to_members_only(
    request: Any, client_of: Any, statement: Any, who: str, named: bool
) -> None:
    reader = request.getfixturevalue(who)
    page = client_of(reader).get(statement.url).content.decode()
    assert PUBLIC in page
    assert (HIDDEN in page) is named
    assert ("1 organization that is not shown to visitors" in page) is not named


def test_a_statement_endorsed_only_by_hidden_organizations_says_how_many(
    statement: Any,
) -> None:
    statement.endorsements.filter(organization__name=PUBLIC).delete()
    page = Client().get(statement.url).content.decode()
    assert HIDDEN not in page
    assert "1 organization that is not shown to visitors endorses it too" in page
    assert 'href="#endorsements"' in page


def test_search_does_not_find_a_statement_by_the_name_of_a_hidden_organization(
    statement: Any,
) -> None:
    assert statement.title in search(PUBLIC)
    for query in ("Tamarack", HIDDEN):
        assert statement.title not in search(query)
    assert "Tamarack" not in search("Tamar", "/search/suggest/").replace("q=Tamar", "")


def test_an_organization_that_is_hidden_later_is_named_no_more(statement: Any) -> None:
    organization = Organization.objects.get(name=PUBLIC)
    organization.listed = False
    organization.save()
    assert PUBLIC not in Client().get(statement.url).content.decode()
    assert statement.title not in search(PUBLIC)


def test_no_public_page_names_a_hidden_organization(
    statement: Any, site_tree: Any
) -> None:
    """Walk the live pages of the site as a visitor."""
    seen = 0
    for page in site_tree.home.get_descendants(inclusive=True).live():
        answer = Client().get(page.url)
        if answer.status_code == 200:
            seen += 1
            assert HIDDEN not in answer.content.decode(), page.url
    assert seen > 10


def test_the_statement_costs_the_same_for_more_endorsements(
    statement: Any, count_queries: Any
) -> None:
    costs = []
    for more in (3, 30):
        for number in range(more):
            endorse(
                statement=statement,
                organization=OrganizationFactory(listed=bool(number % 2)),
            )
        Client().get(statement.url)
        with count_queries() as counted:
            Client().get(statement.url)
        costs.append(len(counted))
    assert costs[0] == costs[1]
