"""Hints in the CMS: beside the form, and when a page is sent to others."""

from typing import Any

import pytest
from bs4 import BeautifulSoup

from pages.actions.proofreading import text_of
from tests.cms.forms import edit_url, open_form
from tests.factories import (
    HomePageFactory,
    ImageFactory,
    StandardPageFactory,
    StatementPageFactory,
    chapter,
    figure,
    heading,
    table,
    text,
)
from tests.factories.bodies import steps

pytestmark = pytest.mark.django_db

VAGUE = '<a href="/guide/">click here</a>'


def hints(client: Any, page: Any) -> list[str]:
    html = BeautifulSoup(client.get(edit_url(page)).content, "html.parser")
    return [each.get_text() for each in html.select(".cms-hints li b")]


def page_of(*blocks: Any, **fields: Any) -> Any:
    page = StandardPageFactory(parent=HomePageFactory(), body=list(blocks), **fields)
    page.save_revision()
    return page


def test_a_page_without_faults_is_thanked_for(client_of: Any, editor: Any) -> None:
    page = page_of(heading("Before"), text("Tea."))
    html = client_of(editor).get(edit_url(page)).content.decode()
    assert "No hints. Thank you for your care." in html


@pytest.mark.parametrize(
    "block",
    [text(VAGUE), steps("How", VAGUE), table(["Where"], [VAGUE])],
    ids=["text", "steps", "table"],
)
def test_a_vague_link_is_found_in_every_block(
    client_of: Any, editor: Any, block: Any
) -> None:
    assert hints(client_of(editor), page_of(block)) == ["Link"]


def test_the_draft_is_read_and_not_what_is_live(client_of: Any, editor: Any) -> None:
    page = page_of(text("Tea."))
    page.summary = ""
    page.save_revision()
    assert hints(client_of(editor), page) == ["Summary"]


def test_what_a_hint_is_about_is_shown_as_text(client_of: Any, editor: Any) -> None:
    page = page_of(heading("<b>Lost</b>", level=3))
    html = BeautifulSoup(client_of(editor).get(edit_url(page)).content, "html.parser")
    quoted = html.select_one(".cms-hints q")
    assert quoted is not None
    assert quoted.get_text() == "<b>Lost</b>"


def submit(client: Any, page: Any) -> str:
    fields = open_form(client, page) | {"action-submit": "1"}
    answer = client.post(edit_url(page), fields, follow=True)
    page.refresh_from_db()
    assert page.workflow_in_progress
    return str(answer.content.decode())


def test_sending_a_page_without_faults_mentions_none(
    client_of: Any, editor: Any
) -> None:
    assert "to look at while others" not in submit(client_of(editor), page_of())


def test_one_fault_is_mentioned_by_its_name(client_of: Any, editor: Any) -> None:
    said = submit(client_of(editor), page_of(summary=""))
    assert "One thing to look at while others read it: Summary." in said


def test_a_suggestion_about_wording_is_not_mentioned(
    client_of: Any, editor: Any
) -> None:
    page = page_of(summary="For an addict.")
    assert hints(client_of(editor), page) == ["Person first"]
    assert "to look at while others" not in submit(client_of(editor), page)


def test_saving_without_leaving_the_form_brings_no_hints(
    client_of: Any, editor: Any
) -> None:
    client, page = client_of(editor), page_of(summary="")
    fields = open_form(client, page) | {"title": "Tea"}
    answer = client.post(edit_url(page), fields, HTTP_ACCEPT="application/json")
    assert answer.json()["success"] is True
    assert "cms-hints" not in answer.content.decode()


def test_rich_text_outside_the_body_is_read_too(site_tree: Any) -> None:
    page = StatementPageFactory(position="<p>A bed should be kept.</p>")
    assert "A bed should be kept." in text_of(page).plain


def test_captions_and_the_picture_in_lists_are_read(site_tree: Any) -> None:
    block = figure(ImageFactory(), alt="A door")
    block["value"]["caption"] = "<p>At six.</p>"
    page = page_of(
        block, listing_image=ImageFactory(), listing_image_alt="IMG_2031.JPG"
    )
    read = text_of(page)
    assert read.pictures == ["IMG_2031.JPG", "A door"]
    assert "At six." in read.plain


def test_a_picture_in_lists_that_is_decoration_needs_no_words(site_tree: Any) -> None:
    page = page_of(listing_image=ImageFactory(), listing_image_alt="")
    assert text_of(page).pictures == []


def test_the_title_of_a_chapter_is_a_section(site_tree: Any) -> None:
    page = site_tree.guide
    page.body = page.body.stream_block.to_python([chapter("Arriving"), heading("A", 3)])
    assert text_of(page).headings == [(2, "Arriving"), (3, "A")]
