"""A resource is a document, a link or an article."""

import datetime as dt

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.urls import reverse

from knowledge.resources.models import ResourcePage
from tests.factories import (
    DocumentFactory,
    FolderFactory,
    ResourcePageFactory,
    restrict_page,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client_of, moderator):
    return client_of(moderator)


def add_url(parent):
    return reverse(
        "wagtailadmin_pages:add",
        args=["knowledge_resources", "resourcepage", parent.pk],
    )


def sent(**fields):
    """Return what the form of a new resource sends."""
    counts = {
        f"contributions-{name}": "0"
        for name in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS")
    }
    comments = {name.replace("contributions", "comments"): "0" for name in counts}
    return {
        "title": "A sheet",
        "slug": "a-sheet",
        "summary": "For the night.",
        "form": "article",
        "language": "en",
        "body-count": "0",
        "action-publish": "action-publish",
        **counts,
        **comments,
        **fields,
    }


def soup_of(client, page):
    answer = client.get(page.url)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


class TestTheFormRefuses:
    def test_a_document_resource_without_a_document(self, desk, site_tree):
        answer = desk.post(add_url(site_tree.library), sent(form="document"))
        assert "Choose the document." in answer.content.decode()
        assert not ResourcePage.objects.filter(slug="a-sheet").exists()

    def test_a_link_resource_without_a_link(self, desk, site_tree):
        answer = desk.post(add_url(site_tree.library), sent(form="link"))
        assert "Enter the URL that the resource links to." in answer.content.decode()
        assert not ResourcePage.objects.filter(slug="a-sheet").exists()

    def test_nothing_of_an_article(self, desk, site_tree):
        desk.post(add_url(site_tree.library), sent())
        assert ResourcePage.objects.get(slug="a-sheet").live

    def test_nothing_of_a_document_resource_with_its_document(self, desk, site_tree):
        fields = sent(form="document", document=site_tree.document.pk)
        desk.post(add_url(site_tree.library), fields)
        made = ResourcePage.objects.get(slug="a-sheet")
        assert made.document == site_tree.document

    def test_what_the_database_is_given_directly(self):
        for form in ("document", "link"):
            page = ResourcePage(title="X", form=form)
            with pytest.raises(ValidationError):
                page.clean()


class TestAReader:
    def test_downloads_the_document(self, client, site_tree):
        soup = soup_of(client, site_tree.resource)
        link = soup.find("a", href=site_tree.document.url)
        assert site_tree.document.file_extension.upper() in link.get_text()

    def test_is_told_that_a_file_is_for_members(self, client, site_tree):
        page = ResourcePageFactory(
            parent=site_tree.library, document=site_tree.members_document
        )
        soup = soup_of(client, page)
        assert soup.find("a", href=site_tree.members_document.url) is None
        assert "The file is for members. Sign in to download it." in soup.get_text()

    def test_follows_a_link_and_sees_who_published_it(self, client, site_tree):
        page = ResourcePageFactory(
            parent=site_tree.library,
            link="https://example.org/elsewhere",
            source="Heron House",
        )
        soup = soup_of(client, page)
        link = soup.find("a", href="https://example.org/elsewhere")
        assert link["rel"] == ["noopener"]
        assert "Published by Heron House." in soup.get_text(" ", strip=True)

    def test_sees_the_source_of_a_document(self, client, site_tree):
        page = ResourcePageFactory(parent=site_tree.library, source="Heron House")
        assert "Published by Heron House." in soup_of(client, page).get_text()

    def test_sees_it_only_where_its_privacy_lets_them(
        self, site_tree, client_of, visitor, stranger, member, owner, working_group
    ):
        page = ResourcePageFactory(parent=site_tree.library)
        restrict_page(page, working_group.group)
        expected = {visitor: 404, stranger: 404, member: 200, owner: 200}
        for person, status in expected.items():
            assert client_of(person).get(page.url).status_code == status


class TestInAList:
    def test_a_document_shows_its_pages_and_size(self):
        page = ResourcePage(document=DocumentFactory(filename="sheet.pdf"))
        page.document.page_count, page.document.file_size = 4, 2048
        assert (page.plate.top, page.plate.figure) == ("PDF", 4)
        assert [each.icon for each in page.facts][:1] == ["download"]
        page.document.page_count = 1
        assert str(page.plate.foot) == "page"

    def test_anything_else_shows_its_month(self):
        page = ResourcePage(dated=dt.date(2026, 2, 10), source="Heron House")
        assert (page.plate.top, page.plate.figure) == ("Feb", 2026)
        assert [each.icon for each in page.facts] == ["calendar", "building"]
        assert ResourcePage().plate is None

    def test_the_day_it_was_issued_counts_before_the_day_it_was_published(self):
        page = ResourcePage(issued_on=dt.date(2020, 1, 2))
        assert page.date_to_list() == dt.date(2020, 1, 2)

    def test_costs_the_same_queries_for_five_and_for_fifty(
        self, client, site_tree, count_queries
    ):
        folder = FolderFactory(name="Sheets")
        counts = []
        for size in (5, 45):
            for number in range(size):
                document = DocumentFactory(collection=folder, title=f"S {number}")
                ResourcePageFactory(parent=site_tree.library, document=document)
            client.get(f"{site_tree.library.url}?kind=resource")
            with count_queries() as asked:
                client.get(f"{site_tree.library.url}?kind=resource")
            counts.append(len(asked))
        assert counts[0] == counts[1]
