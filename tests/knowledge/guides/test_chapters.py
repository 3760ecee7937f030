"""Chapters of a body: their order, their URLs, and what stays when they are renamed."""

import pytest
from wagtail.contrib.redirects.models import Redirect

from knowledge.guides.models import GuidePage
from tests.factories import GuidePageFactory, chapter, heading, text

pytestmark = pytest.mark.django_db


def make_guide(site_tree, *blocks):
    page = GuidePageFactory(parent=site_tree.shelf, body=list(blocks), revised=True)
    return GuidePage.objects.get(pk=page.pk)


def slugs_of(guide):
    return [each.slug for each in guide.text.chapters]


def republish(guide, body):
    guide.body = body
    guide.save_revision().publish()
    return GuidePage.objects.get(pk=guide.pk)


def draft_of(guide):
    return GuidePage.objects.get(pk=guide.pk).get_latest_revision_as_object()


def renamed(guide, position, **values):
    body = [dict(block) for block in guide.body.raw_data]
    body[position]["value"] = body[position]["value"] | values
    return body


def test_two_chapters_of_the_same_title_get_different_urls(site_tree, client):
    guide = make_guide(
        site_tree, chapter("Rest"), text("One."), chapter("Rest"), text("Two.")
    )
    assert slugs_of(guide) == ["rest", "rest-2"]
    assert "Two." in client.get(f"{guide.url}rest-2/").content.decode()


def test_a_title_without_latin_letters_gets_a_url(site_tree):
    guide = make_guide(site_tree, chapter("家"), chapter("…"))
    assert slugs_of(guide) == ["chapter", "chapter-2"]


def test_a_long_title_gets_a_short_url(site_tree):
    guide = make_guide(site_tree, chapter("word " * 40), chapter("B"))
    assert len(slugs_of(guide)[0]) <= 40


def test_a_chapter_of_a_new_draft_follows_its_title_until_it_is_published(site_tree):
    draft = GuidePageFactory(
        parent=site_tree.shelf, body=[chapter("Ni"), chapter("B")], live=False
    )
    guide = GuidePage.objects.get(pk=draft.pk)
    guide.body = renamed(guide, 0, title="Nights")
    guide.full_clean()
    guide = republish(guide, guide.body)
    assert slugs_of(guide) == ["nights", "b"]


def test_a_renamed_chapter_keeps_its_url(site_tree, client):
    guide = make_guide(site_tree, chapter("Rest"), chapter("Work"))
    body = renamed(guide, 0, title="Sleep", slug="")
    guide = republish(guide, body)
    assert slugs_of(guide) == ["rest", "work"]
    assert "Sleep" in client.get(f"{guide.url}rest/").content.decode()


def test_a_moved_chapter_keeps_its_url_and_anchor(site_tree):
    guide = make_guide(site_tree, chapter("Rest"), chapter("Work"))
    anchor = guide.text.chapters[0].anchor
    guide = republish(guide, list(reversed(guide.body.raw_data)))
    assert slugs_of(guide) == ["work", "rest"]
    assert guide.text.chapters[1].anchor == anchor


def test_a_new_chapter_does_not_take_the_url_of_a_published_one(site_tree):
    guide = make_guide(site_tree, chapter("Rest"), chapter("Work"))
    body = renamed(guide, 0, title="Sleep", slug="")
    guide = republish(guide, [chapter("Rest"), *body])
    assert slugs_of(guide) == ["rest-2", "rest", "work"]


def test_a_url_that_is_changed_by_hand_leads_on_from_the_old_one(site_tree, client):
    guide = make_guide(site_tree, chapter("Rest"), text("Tea."), chapter("Work"))
    guide = republish(guide, renamed(guide, 0, slug="sleep"))
    answer = client.get(f"{guide.url}rest/")
    assert answer.status_code == 301
    assert "Tea." in client.get(answer["Location"], follow=True).content.decode()


def test_a_url_that_is_changed_back_leads_in_no_circle(site_tree, client):
    guide = make_guide(site_tree, chapter("Rest"), chapter("Work"))
    guide = republish(guide, renamed(guide, 0, slug="sleep"))
    guide = republish(guide, renamed(guide, 0, slug="rest"))
    assert client.get(f"{guide.url}rest/").status_code == 200
    answer = client.get(f"{guide.url}sleep/", follow=True)
    assert answer.status_code == 200


def test_publishing_an_older_revision_keeps_the_urls(site_tree):
    guide = make_guide(site_tree, chapter("Rest"), chapter("Work"))
    older = guide.latest_revision
    guide = republish(guide, renamed(guide, 0, title="Sleep"))
    older.publish()
    guide = GuidePage.objects.get(pk=guide.pk)
    assert slugs_of(guide) == ["rest", "work"]
    assert not Redirect.objects.filter(old_path__endswith="/rest").exists()


def test_a_draft_follows_its_title_until_it_is_published(site_tree):
    guide = make_guide(site_tree, chapter("Rest"), chapter("Work"))
    guide.body = [*guide.body.raw_data, chapter("Wo")]
    guide.save_revision()
    draft = draft_of(guide)
    draft.body = renamed(draft, 2, title="Worry")
    draft.save_revision()
    draft = draft_of(guide)
    assert draft.body.raw_data[2]["value"]["slug"] == ""
    draft.get_latest_revision().publish()
    assert slugs_of(GuidePage.objects.get(pk=guide.pk)) == ["rest", "work", "worry"]


def test_a_guide_that_moves_leads_on_from_each_chapter(site_tree, client):
    guide = make_guide(site_tree, chapter("Rest"), text("Tea."), chapter("Work"))
    before = guide.url
    guide.move(site_tree.library, pos="last-child")
    moved = GuidePage.objects.get(pk=guide.pk)
    assert moved.url != before
    answer = client.get(f"{before}rest/", follow=True)
    assert "Tea." in answer.content.decode()


def test_a_copy_keeps_the_chapters(site_tree, client):
    guide = make_guide(site_tree, chapter("Rest"), text("Tea."), chapter("Work"))
    guide.copy(update_attrs={"slug": "copied", "title": "Copied"})
    copied = GuidePage.objects.get(slug="copied")
    assert slugs_of(copied) == ["rest", "work"]
    assert "Tea." in client.get(f"{copied.url}rest/").content.decode()


def test_the_text_of_a_chapter_ends_before_the_next(site_tree):
    guide = make_guide(
        site_tree,
        text("Before."),
        chapter("Rest"),
        heading("A"),
        chapter("Work"),
        text("B"),
    )
    kinds = [[block.block_type for block in c.blocks] for c in guide.text.chapters]
    assert kinds == [["heading"], ["text"]]
    assert [block.block_type for block in guide.text.opening] == ["text"]
