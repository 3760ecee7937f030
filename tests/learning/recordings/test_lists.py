"""What lists, the page of the session and search show of a recording."""

import datetime as dt
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import IntegrityError, transaction

from learning.recordings.actions import set_captions
from learning.recordings.models import CaptionTrack, Chapter, Cue, RecordingPage
from learning.sessions.models import SessionPage
from learning.sessions.registry import session_sections
from people.actions import leave_working_group
from search import registry
from tests.cms.forms import edit_url, open_form
from tests.factories import (
    MediaFactory,
    RecordingPageFactory,
    SessionPageFactory,
    restrict_page,
)

from .captions import FRENCH

pytestmark = pytest.mark.django_db


def rows(client: Any, page: Any) -> list[str]:
    """Return the titles of the recordings on the page of a session."""
    soup = BeautifulSoup(client.get(page.url).content, "html.parser")
    heading = soup.find("h2", string="Watch the recording")
    found = heading.parent if heading else None
    return (
        [each.get_text(strip=True) for each in found.select(".row__title")]
        if found
        else []
    )


def entry_of(page: Any) -> Any:
    [entry] = registry.source_named("page").entries([page.pk])
    return entry


@pytest.mark.parametrize(
    ("seconds", "minutes"), [(20, 1), (89, 1), (91, 2), (754, 13), (7200, 120)]
)
def test_the_plate_is_the_length_in_whole_minutes(seconds: int, minutes: int) -> None:
    assert RecordingPage(duration_seconds=seconds).plate.figure == minutes


def test_without_a_length_the_plate_is_the_month(client: Any) -> None:
    page = RecordingPageFactory(duration_seconds=None)
    assert (page.plate.top, page.plate.figure) == ("Mar", 2026)
    assert [str(each.text) for each in page.facts] == ["3 March 2026"]
    assert "Recording of 3 March 2026" in " ".join(
        client.get(page.url).content.decode().split()
    )


def test_a_draft_without_length_and_date_has_no_plate() -> None:
    page = RecordingPageFactory(
        duration_seconds=None, recorded_on=None, live=False, first_published_at=None
    )

    assert (page.plate, page.facts) == (None, [])


def test_without_a_date_it_is_listed_under_its_publication() -> None:
    page = RecordingPageFactory(
        recorded_on=None,
        first_published_at=dt.datetime(2026, 2, 1, 20, tzinfo=dt.UTC),
    )

    assert page.dated == dt.date(2026, 2, 1)


def test_the_length_of_an_uploaded_file_is_measured() -> None:
    page = RecordingPageFactory(
        media=MediaFactory(duration=99.6), duration_seconds=None
    )
    assert page.duration_seconds == 100
    unknown = RecordingPageFactory(
        media=MediaFactory(duration=0), duration_seconds=None
    )
    assert unknown.duration_seconds is None


def test_a_replaced_file_is_measured_again(client_of: Any, moderator: Any) -> None:
    """The form still holds the length of the file before."""
    page = RecordingPageFactory(
        media=MediaFactory(duration=100), duration_seconds=None, revised=True
    )
    client, other = client_of(moderator), MediaFactory(duration=300)
    fields = open_form(client, page)
    assert fields["duration_seconds"] == "100"
    fields |= {"media": str(other.pk), "action-publish": "1"}
    assert client.post(edit_url(page), fields).status_code == 302

    page.refresh_from_db()
    assert (page.media, page.duration_seconds) == (other, 300)


@pytest.mark.parametrize(
    ("typed", "kept"), [({"duration_seconds": "120"}, 120), ({"title": "Soup"}, 100)]
)
def test_a_length_that_is_typed_or_unchanged_counts(
    client_of: Any, moderator: Any, typed: dict[str, str], kept: int
) -> None:
    page = RecordingPageFactory(media=MediaFactory(duration=300), duration_seconds=100)
    page.save_revision().publish()
    client = client_of(moderator)
    fields = open_form(client, page) | typed | {"action-publish": "1"}
    assert client.post(edit_url(page), fields).status_code == 302

    page.refresh_from_db()
    assert page.duration_seconds == kept


def test_a_session_leads_to_its_recordings_the_newest_first(client: Any) -> None:
    session = SessionPageFactory()
    for title, month in (("Part one", 3), ("Part three", 5), ("Part two", 4)):
        day = dt.date(2026, month, 3)
        RecordingPageFactory(title=title, session=session, recorded_on=day)
    RecordingPageFactory(title="A draft", session=session, live=False)
    RecordingPageFactory(title="Of another session", session=SessionPageFactory())

    assert rows(client, session) == ["Part three", "Part two", "Part one"]


def test_who_has_just_left_the_group_no_longer_sees_its_recording(
    client_of: Any, member: Any, owner: Any, working_group: Any
) -> None:
    session = SessionPageFactory()
    private = RecordingPageFactory(title="For the group", session=session)
    restrict_page(private, working_group.group)
    track = CaptionTrack.objects.get(recording=private)
    client, captions = client_of(member), f"/captions/{track.pk}.vtt"
    assert rows(client, session) == ["For the group"]
    assert client.get(captions).status_code == 200

    leave_working_group(user=member, working_group=working_group)
    assert rows(client, session) == []
    assert client.get(captions).status_code == 404
    assert client.get(private.url).status_code == 404
    assert rows(client_of(owner), session) == ["For the group"]


def test_a_session_without_recordings_has_no_section(client: Any, visitor: Any) -> None:
    session = SessionPageFactory()

    assert "Watch the recording" not in client.get(session.url).content.decode()
    [section] = [each for each in session_sections() if each.name == "recordings"]
    assert section.values(SessionPage(title="New"), visitor) is None


def test_a_recording_outlives_its_session(client: Any) -> None:
    page = RecordingPageFactory(session=SessionPageFactory(title="Gone soon"))
    page.session.delete()

    assert "Gone soon" not in client.get(page.url).content.decode()
    page.refresh_from_db()
    assert page.session is None


def test_search_holds_each_language_apart_and_opens_at_the_second() -> None:
    cues = [(65_000, 66_000, "Ana", "Soup on the stove.")]
    page = RecordingPageFactory(cues=cues, duration_seconds=None)
    set_captions(recording=page, source=FRENCH, language="fr")
    said = [(each.place.suffix, each.text) for each in entry_of(page).passages]

    assert ("?t=65", "Soup on the stove.") in said
    assert ("?t=1", "La bouilloire chante.") in said


def test_search_names_a_recording_without_a_date_by_its_kind_alone() -> None:
    page = RecordingPageFactory(recorded_on=None)
    RecordingPage.objects.filter(pk=page.pk).update(dated=None)

    assert entry_of(page).eyebrow == "Recording"


def test_the_database_keeps_chapters_languages_and_times_apart() -> None:
    page = RecordingPageFactory()
    track = page.caption_tracks.get()
    for row in (
        Chapter(recording=page, starts_at_seconds=0, title="Again"),
        CaptionTrack(recording=page, language="en"),
        Cue(track=track, start_ms=900, end_ms=900, text="Nothing"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save()

    assert str(page.chapters.get()) == "0:00 Arriving"
    assert str(track) == "English, 2 lines"
    assert str(track.cues.first()) == "0:00 Welcome to the first Tuesday."
