"""Editors write in the CMS, with autosave as it is on the real site.

A step that does not work today has a test of its own, marked `xfail(strict=True)` with
what happens instead: it fails as soon as the step works, and the mark is removed.
"""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import TimeoutError as NotSeen

from pages.models import StandardPage
from tests.factories import ImageFactory, Tree, figure

from .desk import edit_path, newest

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

HINTS = "data-side-panel='hints'"


# --- writing ----------------------------------------------------------------------------
def test_what_an_editor_types_is_saved_without_a_button(
    at_desk: Callable, editor: Any, draft: StandardPage
) -> None:
    desk = at_desk(editor, edit_path(draft))
    with desk.autosaving():
        desk.type_into("title", "Tea at four in the morning")

    assert newest(draft).title == "Tea at four in the morning"
    draft.refresh_from_db()
    assert not draft.live
    again = at_desk(editor, edit_path(draft))
    field = again.window.locator("[name=title]")
    assert field.input_value() == "Tea at four in the morning"


def test_typing_on_keeps_one_revision(
    at_desk: Callable, editor: Any, draft: StandardPage
) -> None:
    """Autosave writes the same revision again and again, not one for every pause."""
    desk = at_desk(editor, edit_path(draft))
    before = draft.revisions.count()
    for title in ("Tea", "Tea at four", "Tea at four in the morning"):
        with desk.autosaving():
            desk.type_into("title", title)
    assert draft.revisions.count() == before + 1
    assert newest(draft).title == "Tea at four in the morning"


def test_what_is_typed_while_a_save_is_on_its_way_is_saved_too(
    at_desk: Callable, editor: Any, draft: StandardPage
) -> None:
    """Wagtail alone counts it as saved with the rest."""
    desk = at_desk(editor, edit_path(draft))
    title = draft.title
    for _attempt in range(5):
        with desk.sending():
            desk.window.locator("[name=title]").press("End")
            desk.window.keyboard.type(" a")
        desk.window.keyboard.type("b")
        title += " ab"
        desk.wait_until(lambda expected=title: newest(draft).title == expected)


def test_a_block_that_is_written_is_saved_without_a_button(
    at_desk: Callable, editor: Any, draft: StandardPage
) -> None:
    desk = at_desk(editor, edit_path(draft))
    with desk.autosaving():
        desk.add_block("Text")
        desk.write("The night worker puts the kettle on.")
    # On a slow machine the empty block is saved first, and the words with the next save.
    desk.wait_until(lambda: "puts the kettle on" in str(newest(draft).body[0].value))
    first = newest(draft).body[0]
    assert first.block_type == "text"


def test_a_new_page_is_saved_while_it_is_written(
    at_desk: Callable, editor: Any, site_tree: Tree
) -> None:
    path = f"/cms/pages/add/pages/standardpage/{site_tree.home.pk}/"
    desk = at_desk(editor, path, expected_error=HINTS)
    with desk.autosaving():
        desk.type_into("title", "House rules for the kitchen")
    page = StandardPage.objects.get(title="House rules for the kitchen")
    assert not page.live
    with desk.autosaving():
        desk.type_into("summary", "Who cooks, who cleans.")
    assert newest(page).summary == "Who cooks, who cleans."
    assert StandardPage.objects.filter(title=page.title).count() == 1


@pytest.mark.xfail(
    strict=True,
    raises=(AssertionError, NotSeen),
    reason="The first autosave of a new page brings the hints panel's content, for which "
    "the form of a new page has no place: the console reports an error",
)
def test_the_first_autosave_of_a_new_page_causes_no_script_error(
    at_desk: Callable, editor: Any, site_tree: Tree
) -> None:
    path = f"/cms/pages/add/pages/standardpage/{site_tree.home.pk}/"
    desk = at_desk(editor, path, expected_error=HINTS)
    errors: list[str] = []
    desk.window.on("console", lambda line: errors.append(f"{line.type}: {line.text}"))
    with desk.autosaving():
        desk.type_into("title", "House rules for the kitchen")
    assert [line for line in errors if line.startswith("error")] == []


def test_a_published_page_does_not_change_while_it_is_edited(
    at_desk: Callable, open_page: Callable, editor: Any, site_tree: Tree
) -> None:
    desk = at_desk(editor, edit_path(site_tree.about))
    with desk.autosaving():
        desk.type_into("title", "About everybody")
    page = open_page(site_tree.about.url)
    assert page.get_by_role("heading", level=1).inner_text() == "About"


# --- saving -----------------------------------------------------------------------------
def test_an_editor_saves_a_draft(
    at_desk: Callable, editor: Any, draft: StandardPage, without_autosave: None
) -> None:
    desk = at_desk(editor, edit_path(draft))
    desk.type_into("title", "Tea at four in the morning")
    desk.press("Save draft")
    assert "Tea at four in the morning" in desk.message()
    assert newest(draft).title == "Tea at four in the morning"


# --- preview ----------------------------------------------------------------------------
def test_the_preview_beside_the_form_shows_the_page(
    at_desk: Callable, editor: Any, draft: StandardPage
) -> None:
    desk = at_desk(editor, edit_path(draft))
    desk.open_panel("preview")
    frame = desk.window.locator("iframe[title=Preview]").last.content_frame
    frame.get_by_role("heading", name="Tea at night", level=1).wait_for()


def test_the_checks_beside_the_form_count_the_words(
    at_desk: Callable, editor: Any, draft: StandardPage
) -> None:
    desk = at_desk(editor, edit_path(draft))
    desk.open_panel("checks")
    words = desk.window.locator("[data-content-word-count]")
    words.filter(has_text=re.compile(r"[1-9]")).wait_for()


def test_the_checks_beside_the_form_find_what_is_wrong_with_the_page(
    at_desk: Callable, editor: Any, draft: StandardPage
) -> None:
    draft.body = [figure(ImageFactory(), alt="IMG_2041.jpg")]
    draft.save_revision(user=editor)
    # Wagtail writes what it finds to the console.
    desk = at_desk(editor, edit_path(draft), expected_error="axe.run results")
    desk.open_panel("checks")
    found = desk.window.locator("[data-checks-panel]")
    found.get_by_text("Image alt text has inappropriate pattern").wait_for()
    count = desk.window.locator("[data-content-checker-count]").first
    assert count.inner_text() == "1"


def test_a_draft_can_be_seen_in_a_window_of_its_own(
    at_desk: Callable, editor: Any, draft: StandardPage
) -> None:
    desk = at_desk(editor, f"/cms/pages/{draft.pk}/view_draft/")
    heading = desk.window.get_by_role("heading", level=1)
    assert heading.inner_text() == "Tea at night"
