"""Chapters in the CMS: one form, one revision, a preview of each chapter."""

from typing import Any

import pytest
from django.urls import reverse
from wagtail.models import Page

from knowledge.guides.models import GuidePage
from pages.actions.proofreading import hints_for, text_of
from tests.cms.forms import edit_url, open_form
from tests.factories import chapter, heading, text
from tests.knowledge.streams import body_fields

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client_of: Any, moderator: Any) -> Any:
    return client_of(moderator)


def preview_of(client: Any, page: Page, body: list[dict], mode: str = "") -> Any:
    """Post what is in the form, unsaved, and open its preview."""
    url = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    sent = open_form(client, page) | body_fields(body)
    assert client.post(url, sent).json()["is_valid"]
    return client.get(url, {"mode": mode})


def fresh(guide: GuidePage) -> GuidePage:
    return GuidePage.objects.get(pk=guide.pk)


def test_an_editor_adds_a_chapter_and_publishes_it(desk, guide, save_page, client):
    body = [*guide.body.raw_data, chapter("Coming back"), text("The door is open.")]
    assert save_page(desk, guide, body=body, publish=True).status_code == 302
    assert [each.slug for each in fresh(guide).text.chapters][-1] == "coming-back"
    shown = client.get(f"{guide.url}coming-back/").content.decode()
    assert "The door is open." in shown
    assert "Part 7 of 7" in " ".join(shown.split())


def test_one_revision_holds_all_chapters(desk, guide, save_page):
    before = guide.revisions.count()
    body = [*guide.body.raw_data, chapter("Coming back")]
    save_page(desk, guide, body=body)
    draft = fresh(guide).latest_revision.as_object()
    assert fresh(guide).revisions.count() == before + 1
    assert len(draft.text.chapters) == 7
    assert len(fresh(guide).text.chapters) == 6, "the live text is as it was"


def test_a_chapter_renamed_in_the_form_keeps_its_url(desk, guide, save_page, client):
    body = [dict(block) for block in guide.body.raw_data]
    position = next(n for n, block in enumerate(body) if block["type"] == "chapter")
    body[position]["value"] = {"title": "At the door", "summary": "", "slug": ""}
    save_page(desk, guide, body=body, publish=True)
    assert "At the door" in client.get(f"{guide.url}arriving/").content.decode()


def test_a_url_part_that_cannot_be_one_is_refused(desk, guide, save_page):
    body = [*guide.body.raw_data, chapter("Coming back", slug="coming/back")]
    answer = save_page(desk, guide, body=body, publish=True)
    assert answer.status_code == 200
    assert len(fresh(guide).text.chapters) == 6


def test_the_beginning_and_each_chapter_are_previewed(desk, guide):
    body = [*guide.body.raw_data, chapter("Coming back"), text("The door is open.")]
    beginning = preview_of(desk, guide, body).content.decode()
    assert "Coming back" in beginning
    assert "The door is open." not in beginning
    new = f"ch-{body[-2]['id'][:8]}"
    assert f'href="?mode={new}"' in beginning
    shown = preview_of(desk, guide, body, mode=new).content.decode()
    assert "The door is open." in shown
    assert 'href="?mode=ch-' in shown


def test_a_preview_of_a_chapter_that_is_gone_shows_the_beginning(desk, guide):
    shown = preview_of(desk, guide, guide.body.raw_data, mode="ch-00000000")
    assert shown.status_code == 200
    assert "Read this first." in shown.content.decode()


def test_a_draft_can_be_read_chapter_by_chapter(desk, guide, save_page):
    body = [*guide.body.raw_data, chapter("Coming back"), text("The door is open.")]
    save_page(desk, guide, body=body)
    url = reverse("wagtailadmin_pages:view_draft", args=[guide.pk])
    anchor = f"ch-{body[-2]['id'][:8]}"
    assert "The door is open." in desk.get(f"{url}?mode={anchor}").content.decode()


def test_the_form_offers_a_preview_of_each_chapter(desk, guide):
    shown = desk.get(edit_url(guide)).content.decode()
    assert "2. The first night" in shown


def test_chapters_are_offered_in_guides_only(desk, guide, site_tree):
    assert "chapter" in guide.body.stream_block.child_blocks
    for page in (site_tree.article, site_tree.statement, site_tree.about):
        assert "chapter" not in page.body.stream_block.child_blocks


def test_hints_read_every_chapter(guide):
    guide.body = [
        chapter("Arriving"),
        text("Words."),
        chapter(""),
        heading("Deep", level=3),
    ]
    about = [str(hint.about) for hint in hints_for(text_of(guide))]
    assert "Heading" in about, "a chapter needs a title"


def test_no_page_can_be_put_below_a_guide():
    assert GuidePage.clean_subpage_models() == []
