"""Editors submit, moderators publish, ask for changes and schedule, in the CMS."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from pages.jobs import publish_scheduled
from pages.models import StandardPage

from .desk import SUBMIT, edit_path

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

# The dialog adds its action to the form, which autosave then takes for an edit: it sends
# the form a second time, and is refused because the page has just been saved.
SENT_TWICE = "status of 400"


def test_an_editor_submits_and_a_moderator_publishes(
    at_desk: Callable,
    editor: Any,
    moderator: Any,
    draft: StandardPage,
    without_autosave: None,
) -> None:
    desk = at_desk(editor, edit_path(draft))
    desk.press(SUBMIT)
    draft.refresh_from_db()
    assert draft.workflow_in_progress

    review = at_desk(moderator, edit_path(draft))
    review.press("Approve and publish")
    draft.refresh_from_db()
    assert draft.live
    assert not draft.workflow_in_progress


def test_a_moderator_asks_for_changes_and_the_editor_reads_why(
    at_desk: Callable, editor: Any, moderator: Any, submitted: StandardPage
) -> None:
    review = at_desk(moderator, edit_path(submitted), expected_error=SENT_TWICE)
    review.ask_for_changes("Say who makes the tea.")
    submitted.refresh_from_db()
    assert not submitted.live
    assert submitted.current_workflow_state.status == "needs_changes"

    desk = at_desk(editor, edit_path(submitted))
    desk.open_panel("status")
    desk.window.get_by_text("Changes requested").first.wait_for()
    desk.window.goto(desk.window.url.replace("/edit/", "/workflow_history/"))
    desk.window.get_by_role("link", name=re.compile("Second pair of eyes")).click()
    desk.window.get_by_text("Say who makes the tea.").first.wait_for()


def test_an_editor_improves_what_was_asked_and_submits_again(
    at_desk: Callable,
    editor: Any,
    moderator: Any,
    submitted: StandardPage,
    without_autosave: None,
) -> None:
    at_desk(moderator, edit_path(submitted)).ask_for_changes("Say who makes the tea.")
    desk = at_desk(editor, edit_path(submitted))
    desk.type_into("title", "The night worker makes the tea")
    desk.press("Resubmit")
    at_desk(moderator, edit_path(submitted)).press("Approve and publish")
    submitted.refresh_from_db()
    assert submitted.live
    assert submitted.title == "The night worker makes the tea"


def test_an_author_cannot_change_what_others_are_reading(
    at_desk: Callable, editor: Any, submitted: StandardPage
) -> None:
    desk = at_desk(editor, edit_path(submitted))
    footer = desk.window.locator("footer")
    assert footer.get_by_role("button", name="Approve").count() == 0
    assert footer.get_by_role("button", name="Save draft").count() == 0


def test_a_page_goes_live_at_the_time_that_a_moderator_set(
    at_desk: Callable,
    moderator: Any,
    draft: StandardPage,
    without_autosave: None,
    time_machine: Any,
) -> None:
    tomorrow = timezone.localtime() + dt.timedelta(days=1)
    desk = at_desk(moderator, edit_path(draft))
    desk.schedule(f"{tomorrow:%Y-%m-%d %H:%M}")
    desk.press("Schedule to publish")
    draft.refresh_from_db()
    assert not draft.live
    assert draft.approved_schedule

    publish_scheduled()
    draft.refresh_from_db()
    assert not draft.live
    time_machine.move_to(tomorrow + dt.timedelta(minutes=1))
    publish_scheduled()
    draft.refresh_from_db()
    assert draft.live
