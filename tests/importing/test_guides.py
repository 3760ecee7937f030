"""The pages of a guide in a library become chapters of one guide here."""

import copy
from collections.abc import Callable
from typing import Any

import pytest
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from importing.models import ImportedItem
from importing.planning import guides
from importing.report import Report
from importing.writing import writer
from importing.writing.ledger import Ledger
from knowledge.guides.models import GuidePage
from knowledge.resources.models import ResourcePage
from tests.factories import HomePageFactory

from .conftest import ITEMS

pytestmark = pytest.mark.django_db
LEAVING, ARRIVING = "guides/first/leaving", "guides/first/arriving"


@pytest.fixture(autouse=True)
def home(db: None) -> Page:
    return HomePageFactory(title="Home")


def library_with(**changes: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the items of the library; keys are the last parts of ids."""
    items = copy.deepcopy(ITEMS)
    for name, values in changes.items():
        next(each for each in items if each["id"].endswith(f"/{name}")).update(values)
    return items


def test_the_pages_of_a_guide_are_its_chapters_in_the_order_of_the_navigation(
    bring: Callable[..., Report],
) -> None:
    bring()
    guide = GuidePage.objects.get()
    found = [(each.title, each.slug) for each in guide.text.chapters]
    assert found == [
        ("When somebody arrives", "arriving"),
        ("When somebody leaves", "leaving"),
    ]
    assert not guide.get_children().exists()
    assert guide.text.opening[0].block_type == "text"


def test_a_chapter_opens_at_its_own_url(
    bring: Callable[..., Report], client: Any
) -> None:
    bring()
    guide = GuidePage.objects.get()
    answer = client.get(f"{guide.url}leaving/").content.decode()
    assert "Keep the bed." in answer
    assert "Sit down." not in answer


def test_a_guide_takes_the_topics_and_people_of_its_chapters(
    bring: Callable[..., Report],
) -> None:
    bring(library_with(leaving={"topics": ["nights"], "authors": ["mika"]}))
    guide = GuidePage.objects.get()
    assert [topic.name for topic in guide.topics.all()] == ["Night shifts"]
    assert [str(each) for each in guide.contributions.all()] == ["Mika Lund"]


def test_the_earliest_review_date_of_the_chapters_counts(
    bring: Callable[..., Report],
) -> None:
    items = library_with(
        leaving={"expiry_date": "2031-01-02"}, arriving={"expiry_date": "2030-05-06"}
    )
    bring(items)
    assert GuidePage.objects.get().review_date.isoformat() == "2030-05-06"


def test_links_between_chapters_lead_to_their_places(
    bring: Callable[..., Report], client: Any
) -> None:
    link = "[leaving](/guides/first/leaving/)"
    bring(library_with(arriving={"body": f"Sit down. See {link}."}))
    guide = GuidePage.objects.get()
    anchor = guide.text.chapters[1].anchor
    assert f'href="#{anchor}"' in str(list(guide.body.raw_data))
    shown = client.get(f"{guide.url}arriving/").content.decode()
    assert f'<a href="{guide.url}leaving/">leaving</a>' in shown


def test_links_from_other_pages_lead_to_the_chapter(
    bring: Callable[..., Report],
) -> None:
    link = "[leaving](/guides/first/leaving/)"
    bring(library_with(elsewhere={"body": f"See {link}."}))
    guide = GuidePage.objects.get()
    resource = ResourcePage.objects.get(title="Elsewhere")
    assert f'href="{guide.url}leaving/"' in str(list(resource.body.raw_data))


def test_related_chapters_name_their_guide_once(bring: Callable[..., Report]) -> None:
    """A block of related pages offers pages, and a chapter is not one."""
    bring()
    guide = GuidePage.objects.get()
    keys = writer.Keys(Ledger.load("small"))
    block = {
        "type": "related",
        "id": "1",
        "value": {
            "title": "",
            "pages": [
                {"type": "item", "id": "a", "value": f"x-item:{LEAVING}"},
                {"type": "item", "id": "b", "value": f"x-item:{ARRIVING}"},
            ],
        },
    }
    [made] = keys.body([block], page_of="resources/elsewhere")
    assert [each["value"] for each in made["value"]["pages"]] == [guide.pk]
    assert keys.body([block], page_of="guides/first/_index") == []


def test_former_urls_of_chapters_lead_to_the_chapters(
    bring: Callable[..., Report], client: Any
) -> None:
    bring(library_with(leaving={"aliases": ["/old/leaving/"]}))
    guide = GuidePage.objects.get()
    found = Redirect.objects.get(old_path="/old/leaving")
    assert found.redirect_page_id == guide.pk
    answer = client.get("/old/leaving/")
    assert answer.status_code == 301
    assert answer["Location"] == f"{guide.url.rstrip('/')}/leaving"
    assert client.get("/old/leaving/", follow=True).status_code == 200


def test_a_former_url_of_the_only_chapter_leads_to_its_place(
    bring: Callable[..., Report], client: Any
) -> None:
    items = library_with(leaving={"aliases": ["/old/leaving/"]})
    bring([each for each in items if each["id"] != ARRIVING])
    guide = GuidePage.objects.get()
    [chapter] = guide.text.chapters
    answer = client.get("/old/leaving/", follow=True)
    assert answer.redirect_chain[-1][0] == f"{guide.url}#{chapter.anchor}"


def test_a_second_run_changes_nothing_and_keeps_the_ids(
    bring: Callable[..., Report],
) -> None:
    bring()
    before = list(GuidePage.objects.get().body.raw_data)
    revisions = GuidePage.objects.get().revisions.count()
    report = bring()
    assert (report.created, report.updated) == (0, 0)
    guide = GuidePage.objects.get()
    assert list(guide.body.raw_data) == before
    assert guide.revisions.count() == revisions


def test_a_changed_chapter_updates_its_guide(bring: Callable[..., Report]) -> None:
    bring()
    anchors = [each.anchor for each in GuidePage.objects.get().text.chapters]
    report = bring(library_with(leaving={"body": "Keep the bed for three days."}))
    guide = GuidePage.objects.get()
    assert (report.created, report.updated) == (0, 2)
    assert "three days" in str(list(guide.body.raw_data))
    assert [each.anchor for each in guide.text.chapters] == anchors


def test_chapters_of_a_guide_that_was_edited_here_are_left_with_it(
    bring: Callable[..., Report],
) -> None:
    bring()
    guide = GuidePage.objects.get()
    guide.title = "Ours"
    guide.save_revision().publish()
    report = bring(library_with(leaving={"body": "Keep the bed for three days."}))
    reasons = {each.id: each.reason for each in report.skipped}
    assert reasons[LEAVING] == "Its guide was not written."
    assert "three days" not in str(list(GuidePage.objects.get().body.raw_data))
    again = bring(library_with(leaving={"body": "Keep the bed for three days."}))
    assert LEAVING in {each.id for each in again.skipped}, "it is not forgotten"


def test_a_draft_chapter_of_a_published_guide_is_left_out(
    bring: Callable[..., Report],
) -> None:
    report = bring(library_with(leaving={"extra": {"draft": True}}))
    guide = GuidePage.objects.get()
    assert guide.live
    assert "Keep the bed" not in str(list(guide.body.raw_data))
    reasons = {each.id: each.reason for each in report.skipped}
    assert reasons[LEAVING] == "It is a draft chapter of a guide that is published."


def test_the_chapters_of_a_draft_come_with_it(bring: Callable[..., Report]) -> None:
    items = library_with(leaving={"extra": {"draft": True}})
    next(each for each in items if each["id"] == "guides/first/_index").update(
        extra={"draft": True}
    )
    bring(items)
    guide = GuidePage.objects.get()
    assert not guide.live
    assert len(guide.text.chapters) == 2


def test_a_chapter_that_cannot_be_read_does_not_stop_its_guide(
    bring: Callable[..., Report], monkeypatch: pytest.MonkeyPatch
) -> None:
    page_plan = guides.page_plan

    def bad(item: Any, *args: Any, **given: Any) -> Any:
        if item.id == LEAVING:
            raise ValueError("a bad day")
        return page_plan(item, *args, **given)

    monkeypatch.setattr(guides, "page_plan", bad)
    report = bring()
    reasons = {each.id: each.reason for each in report.skipped}
    assert reasons[LEAVING] == "It could not be read: ValueError: a bad day"
    assert [c.title for c in GuidePage.objects.get().text.chapters] == [
        "When somebody arrives"
    ]


def test_a_guide_that_cannot_be_written_keeps_its_chapters_for_the_next_run(
    bring: Callable[..., Report], monkeypatch: pytest.MonkeyPatch
) -> None:
    fill = writer.Filling.fill

    def bad(self: Any, page: Any, plan: Any) -> None:
        if plan.id == "guides/first/_index":
            raise ValueError("a bad day")
        fill(self, page, plan)

    with monkeypatch.context() as patch:
        patch.setattr(writer.Filling, "fill", bad)
        report = bring()
    assert {each.id for each in report.skipped} >= {LEAVING, ARRIVING}
    assert not ImportedItem.objects.get(item_id=LEAVING).digest
    assert bring().created == 3
    assert GuidePage.objects.get().live
