"""The library: guides, policy statements and resources in one list."""

import pytest
from bs4 import BeautifulSoup

from knowledge.library.models import LibraryIndex
from search import registry
from tests.factories import (
    GuidePageFactory,
    HomePageFactory,
    LibraryIndexFactory,
    SessionPageFactory,
    StatementPageFactory,
)
from tests.knowledge.conftest import chapters_body

pytestmark = pytest.mark.django_db


def titles_in(client, url):
    soup = BeautifulSoup(client.get(url).content, "html.parser")
    return [each.get_text(strip=True) for each in soup.select(".rows .row__title")]


def test_lists_guides_statements_and_resources_and_no_sessions(client, site_tree):
    SessionPageFactory(parent=site_tree.learn, title="A session")
    shown = client.get(site_tree.library.url).content.decode()
    for page in (site_tree.guide, site_tree.statement, site_tree.resource):
        assert page.title in shown
    assert "A session" not in shown


def test_a_guide_is_listed_once_however_many_chapters_it_has(client, site_tree):
    GuidePageFactory(parent=site_tree.shelf, title="In six parts", body=chapters_body())
    soup = BeautifulSoup(client.get(site_tree.library.url).content, "html.parser")
    rows = [each for each in soup.select(".rows > *") if "In six parts" in each.text]
    assert len(rows) == 1
    assert "The first night" not in soup.select_one(".rows").get_text()


def test_drafts_and_what_is_kept_for_others_are_not_listed(
    site_tree, client_of, stranger, visitor
):
    StatementPageFactory(parent=site_tree.library, title="Not yet", live=False)
    shown = client_of(visitor).get(site_tree.library.url).content.decode()
    assert "Not yet" not in shown
    assert site_tree.members_resource.title not in shown
    shown = client_of(stranger).get(site_tree.library.url).content.decode()
    assert site_tree.members_resource.title in shown


def test_its_indexes_are_tabs(client, site_tree):
    soup = BeautifulSoup(client.get(site_tree.library.url).content, "html.parser")
    links = [each["href"] for each in soup.select(".tabs a")]
    assert site_tree.shelf.url in links


def test_an_empty_library_says_what_will_be_here(client):
    index = LibraryIndexFactory(parent=HomePageFactory())
    shown = client.get(index.url).content.decode()
    assert "Guides, policy statements and resources appear here" in shown


def test_holds_no_pages_of_learning():
    models = {model.__name__ for model in LibraryIndex.clean_subpage_models()}
    assert models == {"LibraryIndex", "ResourcePage", "GuidePage", "StatementPage"}


def test_is_not_found_by_search_itself():
    assert registry.document_of(LibraryIndex) is None


def test_costs_the_same_queries_for_five_and_for_fifty(
    client, site_tree, count_queries
):
    counts = []
    for size in (5, 45):
        for number in range(size):
            GuidePageFactory(parent=site_tree.shelf, title=f"Guide {size} {number}")
        client.get(site_tree.library.url)
        with count_queries() as asked:
            client.get(site_tree.library.url)
        counts.append(len(asked))
    assert counts[0] == counts[1]
