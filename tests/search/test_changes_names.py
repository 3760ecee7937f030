"""Renamed topics, tags, people, organizations and groups reach every item that names them."""

from typing import Any

import pytest
from taggit.models import Tag

from learning.sessions.models import Speaker
from pages.models import Audience, Contribution, PageTag, Topic
from people.actions import close_account
from people.models import Contributor
from search.models import CONCEALED, IndexedItem
from tests.factories import (
    ContributorFactory,
    DocumentFactory,
    SeriesFactory,
    StandardPageFactory,
    TopicFactory,
)

WORD = "xylophonist"


@pytest.fixture
def page(site_tree: Any) -> Any:
    return StandardPageFactory(parent=site_tree.home, title="A page", slug="a-page")


def _facets(page: Any, name: str) -> dict[str, str]:
    item = IndexedItem.objects.get(source="page", object_id=page.pk)
    return dict(
        item.facets.filter(facet__name=name).values_list("facet__value", "facet__label")
    )


def test_a_renamed_topic_is_found_by_its_new_name_everywhere(site_tree, seen, told):
    assert seen("Safety at night")
    topic = Topic.objects.get()
    topic.name = WORD.title()
    with told():
        topic.save()
    assert len(seen(WORD)) == 4
    assert _facets(site_tree.session, "topic") == {topic.slug: WORD.title()}


def test_a_deleted_or_moved_topic_no_longer_finds_its_pages(site_tree, seen, told):
    above = TopicFactory(name=WORD)
    topic = Topic.objects.exclude(pk=above.pk).get()
    topic.parent = above
    with told():
        topic.save()
    assert len(seen(WORD)) == 4
    with told():
        topic.delete()
    assert seen(WORD) == []


def test_a_synonym_finds_what_is_written_otherwise(site_tree, seen):
    """“overnight” is another word for the topic “Safety at night”."""
    assert "The first seventy-two hours" in seen("overnight")


def test_a_renamed_audience_is_renamed_in_the_filters(site_tree, told):
    audience = Audience.objects.get()
    audience.name = WORD
    with told():
        audience.save()
    assert _facets(site_tree.session, "audience") == {audience.slug: WORD}
    with told():
        audience.delete()
    assert _facets(site_tree.session, "audience") == {}


def test_a_tag_on_a_page_is_found_renamed_merged_and_lost(page, seen, told):
    with told():
        page.tags.add("trombone")
        page.save()
    assert seen("trombone") == ["A page"]
    tag, other = Tag.objects.get(name="trombone"), Tag.objects.create(name="marmalade")
    tag.name = WORD
    with told():
        tag.save()
    assert "A page" in seen(WORD)
    with told():
        for row in PageTag.objects.filter(tag=tag):
            row.tag = other
            row.save()
        tag.delete()
    assert (seen(WORD), seen("marmalade")) == ([], ["A page"])
    with told():
        Tag.objects.filter(pk=other.pk).delete()
    assert seen("marmalade") == []


def test_a_tag_on_a_file_is_found_renamed_and_lost(seen, told):
    document = DocumentFactory(title="Report")
    with told():
        document.tags.add("handover")
    assert seen("handover") == ["Report"]
    tag = Tag.objects.get()
    tag.name = WORD
    with told():
        tag.save()
    assert seen(WORD) == ["Report"]
    with told():
        document.tags.clear()
    assert seen(WORD) == []


def test_a_renamed_contributor_is_found_on_pages_and_in_sessions(
    page, site_tree, seen, told
):
    somebody = ContributorFactory(name="Robin")
    with told():
        Contribution.objects.create(page=page, contributor=somebody)
        Speaker.objects.create(session=site_tree.session, contributor=somebody)
    assert set(seen("Robin")) == {"A page", site_tree.session.title}
    somebody.name = WORD
    with told():
        somebody.save()
    assert (seen("Robin"), len(seen(WORD))) == ([], 2)
    with told():
        Contributor.objects.filter(pk=somebody.pk).delete()
    assert seen(WORD) == []


def test_the_name_of_a_closed_account_is_removed_from_its_pages(
    page, member, seen, told
):
    somebody = ContributorFactory(name=WORD, user=member)
    Contribution.objects.create(page=page, contributor=somebody)
    assert seen(WORD) == ["A page"]
    with told():
        close_account(user=member)
    assert seen(WORD) == []


def test_a_renamed_series_is_found_with_its_sessions(site_tree, seen, told):
    series = SeriesFactory(name="First Sundays")
    site_tree.session.series = series
    site_tree.session.save()
    assert seen("Sundays") == [site_tree.session.title]
    series.name = WORD
    with told():
        series.save()
    assert seen(WORD) == [site_tree.session.title]


def test_a_renamed_organization_is_found_with_its_endorsements(site_tree, seen, told):
    organization = site_tree.organization
    organization.name = WORD
    with told():
        organization.save()
    assert set(seen(WORD)) == {WORD, site_tree.statement.title}
    with told():
        site_tree.statement.endorsements.all().delete()
        site_tree.statement.save()
    assert seen(WORD) == [WORD]


class TestAWorkingGroup:
    """Its name appears in filters unless the group is unlisted."""

    @pytest.fixture
    def made(self, page: Any, site_tree: Any) -> Any:
        page.working_group = site_tree.group
        page.save()
        return page

    def test_its_new_name_stands_on_pages_and_files(self, made, site_tree, told):
        group = site_tree.group
        group.name = WORD
        with told():
            group.save()
        assert _facets(made, "group") == {group.public_id: WORD}
        (file,) = IndexedItem.objects.filter(
            source="file", object_id=site_tree.group_document.pk
        )
        assert file.facets.get(facet__name="group").facet.label == WORD

    def test_its_pages_are_hidden_until_they_no_longer_name_it(
        self, made, site_tree, told, find, visitor
    ):
        group = site_tree.group
        assert find(visitor, filters={"group": [group.public_id]}).total == 1
        group.listed = False
        with told():
            group.save()
            item = IndexedItem.objects.get(source="page", object_id=made.pk)
            assert item.rule == CONCEALED
        assert find(visitor, filters={"group": [group.public_id]}).total == 0
        assert made.title in [hit.title for hit in find(visitor, made.title)[:]]

    def test_a_folder_given_to_another_group_is_indexed(self, site_tree, told):
        page = site_tree.group_page
        page.collection = site_tree.members_folder
        with told():
            page.save()
