"""A library arrives whole."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, ReferenceIndex

from files.models import Document
from importing.models import ImportedItem
from importing.report import Report
from importing.writing import writer
from knowledge.guides.models import GuidePage
from knowledge.resources.models import ResourcePage
from learning.recordings.models import RecordingPage
from learning.sessions.models import SessionPage
from pages.models import Topic, WorkingGroupPage
from people.models import Contributor, Organization, WorkingGroup
from tests.access.closing import close_response
from tests.factories import HomePageFactory

from .conftest import ITEMS

pytestmark = pytest.mark.django_db

CLEAN = ([], [], [], [], [])


@pytest.fixture(autouse=True)
def home(db: None) -> Page:
    return HomePageFactory(title="Home")


def test_every_item_is_accounted_for(bring: Callable[..., Report]) -> None:
    report = bring()
    assert [(each.id, each.reason) for each in report.skipped] == [
        (
            "communities/gone",
            "It only sends readers on to https://elsewhere.example.org/.",
        )
    ]
    assert report.created == len(ITEMS) - 1
    assert report.parts == {"created": 1}
    assert report.items == len(ITEMS)
    noted = [each.reason for each in report.notes]
    assert "It names an author who is not in the library: nobody." in noted
    assert report.left_out["person: github"] == 1
    assert Page.find_problems() == CLEAN


def test_a_session_happens_by_the_clock_on_the_wall(
    bring: Callable[..., Report],
) -> None:
    bring()
    session = SessionPage.objects.get(title="Tea at night")
    date = session.occurrences.get()
    assert date.starts_at.isoformat() == "2020-06-18T19:30:00+00:00"
    assert (date.zone, date.start_time) == ("America/New_York", dt.time(15, 30))
    assert (session.next_starts_at, session.last_ends_at) == (None, date.ends_at)
    assert [each.contributor.name for each in session.contributions.all()] == [
        "Mika Lund"
    ]
    assert [topic.name for topic in session.topics.all()] == ["Night shifts"]
    assert list(session.tags.names()) == ["Series"]
    assert session.first_published_at.isoformat() == "2020-06-18T19:30:00+00:00"
    recording = RecordingPage.objects.get()
    assert recording.session == session
    assert recording.elsewhere_url == "https://www.youtube.com/watch?v=abcdefghijk"
    assert "captions.example.org" in str(list(recording.body.raw_data))


def test_people_topics_and_organizations_know_each_other(
    bring: Callable[..., Report],
) -> None:
    bring()
    mika = Contributor.objects.get(name="Mika Lund")
    assert mika.organization == Organization.objects.get(name="Lantern House")
    handover = Topic.objects.get(name="Handover")
    nights = Topic.objects.get(name="Night shifts")
    assert handover.parent == nights
    assert nights.synonym_list == ["ns"]
    assert not Organization.objects.get().listed


def test_links_lead_to_pages_and_documents(
    bring: Callable[..., Report], client: Client
) -> None:
    bring()
    article = ResourcePage.objects.get(title="The sheet")
    text = str(list(article.body.raw_data))
    guide, sheet = GuidePage.objects.get(), Document.objects.get()
    assert f'<a linktype="page" id="{guide.pk}">the guide</a>' in text
    assert f'<a linktype="document" id="{sheet.pk}">the sheet</a>' in text
    assert article.listing_image.title == "door"
    assert article.listing_image_alt == "A door"
    picture = client.get(article.listing_image.file.url)
    close_response(picture)
    assert picture.status_code == 200
    assert "x-" not in text
    assert "alert" not in text
    assert ReferenceIndex.get_references_to(guide).count() == 1
    assert [block.block_type for block in article.body] == ["text", "figure"]


def test_a_slug_that_is_taken_gets_a_number_and_drafts_stay_drafts(
    bring: Callable[..., Report],
) -> None:
    bring()
    again = ResourcePage.objects.get(title="Again")
    assert (again.slug, again.live) == ("sheet-2", False)
    assert again.latest_revision_id is not None


def test_a_community_becomes_a_working_group_with_a_page(
    bring: Callable[..., Report],
) -> None:
    bring()
    page = WorkingGroupPage.objects.get()
    assert page.group == WorkingGroup.objects.get(name="Cooks")
    assert page.live


def test_former_addresses_lead_on(bring: Callable[..., Report], client: Any) -> None:
    bring()
    session = SessionPage.objects.get()
    assert Redirect.objects.get(old_path="/old/tea").redirect_page_id == session.pk
    went = Redirect.objects.get(old_path="/communities/went")
    assert went.link == "https://elsewhere.example.org/"
    assert Redirect.objects.get(old_path="/topics/ns").link == "/topics/nights/"


def test_revisions_can_be_read_back(bring: Callable[..., Report]) -> None:
    bring()
    session = SessionPage.objects.get()
    again = session.get_latest_revision_as_object()
    assert again.body.raw_data[0]["value"]["text"] == "Who should come"
    assert again.occurrences.count() == 1
    assert session.live_revision_id == session.latest_revision_id
    session.save_revision().publish()
    assert SessionPage.objects.get().occurrences.count() == 1


def test_imported_pages_are_found_in_the_cms(bring: Callable[..., Report]) -> None:
    bring()
    (found,) = Page.objects.search("arrives")
    assert found.title == "The first night"


def test_a_dry_run_writes_nothing(bring: Callable[..., Report]) -> None:
    pages = Page.objects.count()
    report = bring(dry_run=True)
    assert report.created == len(ITEMS) - 1
    assert Page.objects.count() == pages
    assert not ImportedItem.objects.exists()
    assert not Topic.objects.exists()


def test_one_bad_item_never_stops_the_rest(
    bring: Callable[..., Report], monkeypatch: pytest.MonkeyPatch
) -> None:
    fill = writer.Filling.fill

    def bad(self: Any, page: Any, plan: Any) -> None:
        if plan.id == "resources/elsewhere":
            raise ValueError("a bad day")
        fill(self, page, plan)

    with monkeypatch.context() as patch:
        patch.setattr(writer.Filling, "fill", bad)
        report = bring()
    reasons = {each.id: each.reason for each in report.skipped}
    assert reasons["resources/elsewhere"] == (
        "It could not be written: ValueError: a bad day"
    )
    assert report.created == len(ITEMS) - 2
    assert not Page.objects.get(title="Elsewhere").live
    assert bring().created == 1  # the next run goes on where this one stood
    assert Page.objects.get(title="Elsewhere").live
    assert Page.find_problems() == CLEAN


def test_names_that_are_here_already_are_taken_as_they_are(
    bring: Callable[..., Report],
) -> None:
    mine = Topic.objects.create(name="Night shifts", summary="Ours.")
    bring()
    mine.refresh_from_db()
    assert mine.summary == "Ours."
    assert SessionPage.objects.get().topics.get() == mine


def test_pages_can_be_added_by_hand_afterwards(bring: Callable[..., Report]) -> None:
    bring()
    shelf = ResourcePage.objects.get(title="The sheet").get_parent()
    shelf.add_child(instance=ResourcePage(title="By hand"))
    assert Page.find_problems() == CLEAN
