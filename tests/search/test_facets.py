"""Facets of files, and of items that were replaced."""

from typing import Any

import pytest

from search.models import IndexedItem
from tests.factories import (
    DocumentFactory,
    ResourcePageFactory,
    StandardPageFactory,
    restrict_page,
    text,
)


@pytest.fixture
def labels(find: Any, visitor: Any) -> Any:
    """Return a function that returns the labels of one facet of an item."""

    def of(title: str, name: str) -> list[str]:
        find(visitor)[:]
        item = IndexedItem.objects.get(title=title)
        named = item.facets.filter(facet__name=name)
        return list(named.values_list("facet__label", flat=True))

    return of


def test_files_and_resources_are_filtered_by_the_type_of_file(
    site_tree, find, visitor, labels
):
    sheet = DocumentFactory(title="Sheet", filename="sheet.PDF", content=b"%PDF-1.7")
    ResourcePageFactory(parent=site_tree.library, title="A sheet", document=sheet)
    ResourcePageFactory(
        parent=site_tree.library, title="A link", link="https://example.org/a.pdf"
    )
    assert labels("Sheet", "type") == labels("A sheet", "type") == ["PDF"]
    assert labels("A link", "type") == []
    found = find(visitor, filters={"type": ["pdf"]})
    assert {hit.title for hit in found[:]} == {"Sheet", "A sheet"}


def test_a_file_in_the_folder_of_a_group_is_filtered_by_it(site_tree, find, member):
    found = find(member, filters={"group": [site_tree.group.public_id]})
    assert site_tree.group_document.title in {hit.title for hit in found[:]}


def test_an_unlisted_group_is_no_facet_of_its_files(site_tree, labels):
    site_tree.group.listed = False
    site_tree.group.save()
    assert labels(site_tree.group_document.title, "group") == []


class TestReplaced:
    """A replaced item ranks behind its successor while that exists."""

    @pytest.fixture
    def sheets(self, site_tree: Any) -> list[Any]:
        return [
            StandardPageFactory(
                parent=site_tree.home,
                title=title,
                body=[text("About the xylophonist.")],
                revised=True,
            )
            for title in ("Sheet of 2021", "Sheet of 2026")
        ]

    @staticmethod
    def _held(page: Any) -> bool:
        held = IndexedItem.objects.get(source="page", object_id=page.pk)
        return held.superseded

    def test_it_ranks_behind_its_successor(self, sheets, find, visitor, told):
        older, newer = sheets
        older.superseded_by = newer
        with told():
            older.save_revision().publish()
        titles = [hit.title for hit in find(visitor, "xylophonist")[:]]
        assert titles == ["Sheet of 2026", "Sheet of 2021"]
        assert self._held(older)
        assert not self._held(newer)

    def test_it_is_current_again_without_its_successor(self, sheets, told):
        older, newer = sheets
        older.superseded_by = newer
        older.save()
        with told():
            newer.unpublish()
        assert not self._held(older)
        with told():
            newer.save_revision().publish()
        assert self._held(older)
        with told():
            newer.delete()
        assert not self._held(older)

    def test_it_is_not_marked_where_its_successor_is_hidden(
        self, sheets, told, site_tree
    ):
        older, newer = sheets
        older.superseded_by = newer
        older.save()
        with told():
            restrict_page(newer, site_tree.group.group)
        assert not self._held(older)
        with told():
            newer.get_view_restrictions().delete()
        assert self._held(older)
