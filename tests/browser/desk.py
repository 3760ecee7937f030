"""The page editor of the CMS, as a person handles it with mouse and keyboard."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

SUBMIT = "Submit to Second pair of eyes"

# Wagtail's script that compares the form with what was saved last; it begins some two
# seconds after the page has loaded.
FIND_GUARD = """
    const form = document.querySelector('[data-controller~="w-unsaved"]');
    const guard = form && window.wagtail.app
        .getControllerForElementAndIdentifier(form, "w-unsaved");
"""
IS_READY = f"() => {{ {FIND_GUARD} return !form || !!guard?.initialFormData }}"
IS_SAVED = f"() => {{ {FIND_GUARD} return guard.formData === guard.initialFormData }}"


class Desk:
    """The edit form of one page in one browser window."""

    def __init__(self, window: Any) -> None:
        self.window = window
        window.wait_for_function(IS_READY)
        # What is typed before Wagtail compares for the first time is not noticed.
        window.wait_for_timeout(2500)

    @contextmanager
    def autosaving(self) -> Iterator[None]:
        """Do what is inside, and wait until the CMS says that it saved by itself."""
        with self.window.expect_response(_is_autosave) as answer:
            yield
        assert answer.value.ok, answer.value.text()
        self.window.wait_for_function(IS_SAVED)
        self.window.locator("#w-autosave-indicator").get_by_text("Saved").wait_for()

    @contextmanager
    def sending(self) -> Iterator[None]:
        """Do what is inside, and wait until an autosave is on its way."""
        with self.window.expect_request(_starts_autosave):
            yield

    def wait_until(self, holds: Callable[[], bool]) -> None:
        """Wait until something holds, at most half a minute; fail if it never does."""
        for _attempt in range(60):
            if holds():
                return
            self.window.wait_for_timeout(500)
        message = "It did not happen within half a minute."
        raise AssertionError(message)

    def type_into(self, field: str, words: str) -> None:
        """Replace what stands in a field, key by key: Wagtail listens to the keys."""
        place = self.window.locator(f"[name={field}]")
        place.select_text()
        place.press_sequentially(words)

    def add_block(self, kind: str) -> None:
        """Open the list of blocks above the first one and choose a kind."""
        self.window.get_by_role("button", name="Insert a block").first.click()
        self.window.get_by_role("option", name=kind, exact=True).first.click()

    def write(self, words: str) -> None:
        """Type into the first rich text of the form."""
        editor = self.window.locator(".public-DraftEditor-content").first
        editor.click()
        editor.press_sequentially(words)

    def press(self, name: str) -> None:
        """Press an action in the footer that leads to another page, and wait for that."""
        with self.window.expect_navigation():
            self._action(name).click()

    def ask_for_changes(self, comment: str) -> None:
        self._action("Ask for changes").click()
        dialog = self.window.locator(".modal")
        dialog.locator("textarea[name=comment]").fill(comment)
        with self.window.expect_navigation():
            dialog.get_by_role("button", name="Ask for changes").click()

    def schedule(self, moment: str) -> None:
        """Set the time at which the page goes live; it counts once it is published."""
        self.open_panel("status")
        self.window.get_by_role("button", name="Set schedule").click()
        dialog = self.window.get_by_role("dialog")
        dialog.locator("[name=go_live_at]").fill(moment)
        # By keyboard: the calendar that opens below the field covers the button.
        with self.window.expect_navigation():
            dialog.get_by_role("button", name="Save schedule").press("Enter")

    def open_panel(self, name: str) -> None:
        self.window.get_by_role("button", name=f"Toggle {name}").click()

    def message(self) -> str:
        """Return what the CMS says after an action."""
        text: str = self.window.locator(".messages").inner_text()
        return text

    def _action(self, name: str) -> Any:
        """Return an action of the footer, with the list open if it is in there."""
        footer = self.window.locator("footer")
        action = footer.get_by_role("button", name=re.compile(f"^{re.escape(name)}"))
        if not action.first.is_visible():
            footer.get_by_role("button", name="More actions").click()
        return action.first


def _is_autosave(response: Any) -> bool:
    return _starts_autosave(response.request)


def _starts_autosave(request: Any) -> bool:
    """Tell autosave from other requests: it asks for JSON."""
    return (
        request.method == "POST"
        and re.search(r"/cms/pages/(?:\d+/edit|add/)", request.url) is not None
        and "application/json" in request.headers.get("accept", "")
    )


def edit_path(page: Any) -> str:
    return f"/cms/pages/{page.pk}/edit/"


def newest(page: Any) -> Any:
    """Return the page as its newest revision has it."""
    page.refresh_from_db()
    return page.get_latest_revision_as_object()
