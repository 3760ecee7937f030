"""The scripts of the CMS start without inline scripts, and its policy refuses them nothing."""

import gc
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Task

from search.models import SearchTerm
from tests.factories import ImageFactory, Tree, png

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

PASTE = """(html) => {
  const carried = new DataTransfer();
  carried.setData("text/html", html);
  carried.setData("text/plain", "pasted");
  const event = { clipboardData: carried, bubbles: true, cancelable: true };
  document.activeElement.dispatchEvent(new ClipboardEvent("paste", event));
}"""


def edit(cms: Callable, page: Any, tab: str = "Content") -> Any:
    """Open the form of a page at a tab."""
    window = cms(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    window.get_by_role("tab", name=re.compile(f"^{tab}")).click()
    return window


def choose(window: Any, field: str) -> str:
    """Choose the first thing that a chooser offers; return its key."""
    window.locator(f"#id_{field}-chooser [data-chooser-action-choose]:visible").click()
    window.locator(
        ".modal a[data-chooser-modal-choice], .modal a.media-choice, .modal a.choose-page"
    ).first.click()
    window.locator(".modal").wait_for(state="detached")
    key: str = window.locator(f"[name='{field}']").input_value()
    return key


def test_pictures_people_and_tags_are_chosen(cms: Callable, site_tree: Tree) -> None:
    image = ImageFactory()
    window = edit(cms, site_tree.about, "About")
    assert choose(window, "listing_image") == str(image.pk)

    window.locator("#id_contributions-ADD").click()
    added = window.locator("#inline_child_contributions-0")
    assert added.is_visible()
    window.locator("#id_contributions-0-DELETE-button").click()
    added.wait_for(state="hidden")

    window.locator(".tagit-new input").press_sequentially("porridge,")
    assert window.locator(".tagit-label").all_inner_texts() == ["porridge"]


def test_days_are_picked(cms: Callable, site_tree: Tree) -> None:
    window = edit(cms, site_tree.about, "Settings")
    field = window.locator("[name=review_date]")
    field.click()
    window.locator(".xdsoft_date:not(.xdsoft_other_month):visible").first.click()
    assert re.fullmatch(r"\d{4}-\d\d-01", field.input_value())


def test_what_is_pasted_keeps_what_is_bold(cms: Callable, site_tree: Tree) -> None:
    """Word processors and other web pages tell bold by inline styles."""
    window = edit(cms, site_tree.about)
    window.get_by_role("button", name="Insert a block").first.click()
    window.get_by_role("option", name="Text", exact=True).first.click()
    text = window.locator(".public-DraftEditor-content").first
    text.click()
    window.evaluate(
        PASTE,
        '<p>Tea <span style="font-weight:700">at four</span></p>',
    )
    parts = text.locator("[data-offset-key] > span[data-text], span[style]")
    text.get_by_text("at four").wait_for()
    bold = [
        each.inner_text()
        for each in parts.all()
        if "font-weight: bold" in (each.get_attribute("style") or "")
    ]
    assert bold == ["at four"]


@pytest.mark.parametrize(
    ("block", "chosen", "choice"),
    [
        ("Figure", "image", "a[data-chooser-modal-choice]"),
        ("Download", "document", "a[data-chooser-modal-choice]"),
        ("Related pages", "pages-0-value", "a.choose-page"),
    ],
)
def test_things_are_chosen_for_blocks(
    cms: Callable, site_tree: Tree, block: str, chosen: str, choice: str
) -> None:
    ImageFactory()
    window = edit(cms, site_tree.about)
    window.get_by_role("button", name="Insert a block").first.click()
    window.get_by_role("option", name=block, exact=True).first.click()
    window.locator("[data-chooser-action-choose]:visible").first.click()
    window.locator(f".modal {choice}").first.click()
    window.locator(".modal").wait_for(state="detached")
    field = window.locator(f"[name^=body-][name$=-{chosen}]")
    assert field.input_value().isdigit()


def test_a_link_to_a_page_is_put_into_a_text(cms: Callable, site_tree: Tree) -> None:
    window = edit(cms, site_tree.about)
    text = window.locator(".public-DraftEditor-content").first
    text.click()
    window.keyboard.press("Control+a")
    window.keyboard.press("Control+k")
    window.locator(".modal a.choose-page").first.click()
    window.locator(".modal").wait_for(state="detached")
    text.locator(".TooltipEntity").first.wait_for()


def test_a_step_of_a_review_is_chosen(cms: Callable) -> None:
    """The dialog has a form for a new step, which comes with scripts of its own."""
    window = cms(reverse("wagtailadmin_workflows:add"))
    window.locator("#id_workflow_tasks-ADD").click()
    window.locator("#id_workflow_tasks-0-task-chooser button:visible").first.click()
    dialog = window.locator(".modal")
    dialog.get_by_role("tab", name="New").click()
    dialog.get_by_role("tab", name="Existing").click()
    dialog.locator("a.task-choice, a[data-chooser-modal-choice]").first.click()
    dialog.wait_for(state="detached")
    field = window.locator("[name=workflow_tasks-0-task]")
    assert Task.objects.filter(pk=field.input_value()).exists()


def test_comments_are_written(cms: Callable, site_tree: Tree) -> None:
    window = edit(cms, site_tree.about)
    window.get_by_role("button", name="Toggle comments").click()
    window.locator("[data-contentpath=title] [data-comment-add]:visible").click()
    window.locator("#comments textarea, .comment textarea").first.fill("Which tea?")
    window.get_by_role("button", name="Comment", exact=True).click()
    window.get_by_text("Which tea?").first.wait_for()


@pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")
@pytest.mark.parametrize(
    ("kind", "name", "content"),
    [
        ("wagtailimages", "a-door.png", png()),
        ("wagtaildocs", "checklist.txt", b"Ask what the person likes to be called.\n"),
    ],
)
def test_several_files_are_uploaded_at_once(
    cms: Callable, kind: str, name: str, content: bytes
) -> None:
    window = cms(reverse(f"{kind}:add_multiple"))
    files = [{"name": name, "mimeType": "application/octet-stream", "buffer": content}]
    if kind == "wagtailimages":
        files[0]["mimeType"] = "image/png"
    window.locator("#fileupload").set_input_files(files)
    row = window.locator("#upload-list > li")
    row.locator(".tagit-new input").press_sequentially("porridge,")
    if kind == "wagtailimages":
        assert row.locator(".thumb canvas, .thumb img").is_visible()
    row.get_by_role("button", name="Update").click()
    row.wait_for(state="detached")
    # Wagtail leaves the file open that it has hashed.
    gc.collect()


def test_the_title_of_a_sound_is_suggested(cms: Callable) -> None:
    window = cms(reverse("wagtailmedia:add", args=["audio"]))
    sound = {"name": "a-night.mp3", "mimeType": "audio/mpeg", "buffer": b"ID3"}
    window.locator("#id_file").set_input_files([sound])
    assert window.locator("#id_title").input_value() == "a-night"


def test_results_are_promoted(cms: Callable, site_tree: Tree) -> None:
    today = timezone.localdate()
    SearchTerm.objects.create(term="porridge", day=today, people=5)
    window = cms(reverse("wagtailsearchpromotions:add"))
    window.get_by_role("button", name="Choose from popular search terms").click()
    window.locator(".modal a.choose-query").first.click()
    window.locator(".modal").wait_for(state="detached")
    assert window.locator("[name=query_string]").input_value() == "porridge"
    window.get_by_role("button", name="Add a recommended result").click()
    window.locator("[name=editors_picks-0-description]").wait_for()
