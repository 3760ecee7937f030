"""Search finds a resource by its text and its source; its file is found by itself."""

import pytest

from knowledge.resources.models import ResourcePage
from search import registry
from search.actions import apply_changes
from tests.factories import DocumentFactory, ResourcePageFactory, text

pytestmark = pytest.mark.django_db


def entry_of(page):
    page = ResourcePage.objects.get(pk=page.pk)
    [entry] = registry.source_named("page").entries([page.pk])
    return entry


def test_its_source_and_its_words_lead_to_it(client, site_tree):
    page = ResourcePageFactory(
        parent=site_tree.library, source="Heron Porch", body=[text("Of marmots.")]
    )
    apply_changes()
    for word in ("heron porch", "marmots"):
        assert page.url in client.get("/search/", {"q": word}).content.decode(), word


def test_it_can_be_filtered_by_the_type_of_its_file(site_tree):
    document = DocumentFactory(filename="sheet.pdf")
    page = ResourcePageFactory(parent=site_tree.library, document=document)
    facets = {(each.name, each.value) for each in entry_of(page).facets}
    assert ("type", "pdf") in facets


def test_another_file_gives_it_another_type(site_tree):
    document = DocumentFactory(filename="sheet.pdf")
    page = ResourcePageFactory(parent=site_tree.library, document=document)
    apply_changes()
    page.document = DocumentFactory(filename="sheet.docx")
    page.save()
    facets = {(each.name, each.value) for each in entry_of(page).facets}
    assert ("type", "docx") in facets
    assert ("type", "pdf") not in facets
