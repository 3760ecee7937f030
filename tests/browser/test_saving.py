"""Editors save after autosave, in one window and where two people write."""

from collections.abc import Callable
from typing import Any

import pytest

from pages.models import StandardPage

from .desk import SUBMIT, edit_path, newest

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


def test_an_editor_saves_a_draft_after_autosave(
    at_desk: Callable, editor: Any, draft: StandardPage
) -> None:
    desk = at_desk(editor, edit_path(draft))
    with desk.autosaving():
        desk.type_into("title", "Tea at four in the morning")
    desk.press("Save draft")
    assert desk.window.get_by_text("saved a newer").count() == 0
    assert "Tea at four in the morning" in desk.message()


def test_an_editor_submits_after_autosave(
    at_desk: Callable, editor: Any, draft: StandardPage
) -> None:
    desk = at_desk(editor, edit_path(draft))
    with desk.autosaving():
        desk.type_into("title", "Tea at four in the morning")
    desk.press(SUBMIT)
    draft.refresh_from_db()
    assert draft.workflow_in_progress


def test_a_draft_is_saved_after_several_autosaves(
    at_desk: Callable, editor: Any, draft: StandardPage
) -> None:
    desk = at_desk(editor, edit_path(draft))
    for title in ("Tea at four", "Tea at five"):
        with desk.autosaving():
            desk.type_into("title", title)
    desk.press("Save draft")
    assert newest(draft).title == "Tea at five"


def test_the_form_that_the_back_button_shows_can_be_saved(
    at_desk: Callable, editor: Any, draft: StandardPage
) -> None:
    desk = at_desk(editor, edit_path(draft))
    with desk.autosaving():
        desk.type_into("title", "Tea at four")
    desk.window.goto(desk.window.url.replace("/edit/", "/history/"))
    desk.window.go_back()
    desk.window.wait_for_timeout(3000)
    assert desk.window.locator("[name=title]").input_value() == "Tea at four"
    with desk.autosaving():
        desk.type_into("title", "Tea at five")
    desk.press("Save draft")
    assert newest(draft).title == "Tea at five"


def test_a_person_who_comes_second_is_told_and_loses_nothing(
    at_desk: Callable, editor: Any, moderator: Any, draft: StandardPage, settings: Any
) -> None:
    settings.WAGTAIL_AUTOSAVE_INTERVAL = 0
    first = at_desk(editor, edit_path(draft))
    second = at_desk(moderator, edit_path(draft), expected_error="409")
    first.type_into("title", "Tea, says the editor")
    first.press("Save draft")
    second.type_into("title", "Tea, says the moderator")
    second.press("Save draft")
    field = second.window.locator("[name=title]")
    assert field.input_value() == "Tea, says the moderator"
    assert newest(draft).title == "Tea, says the editor"
