"""Captions through the life of their page: drafts, older revisions, copies, other hands."""

from typing import Any

import pytest
from django.urls import reverse

from learning.recordings.actions import set_captions
from learning.recordings.models import CaptionTrack, RecordingPage
from tests.cms.forms import edit_url, fields_of, open_form
from tests.factories import RecordingPageFactory

from .captions import ENGLISH, FRENCH, LATER, form_with, words_of

pytestmark = pytest.mark.django_db
KETTLE, TEA, BOUILLOIRE = (
    "The kettle is on.",
    "The tea is ready.",
    "La bouilloire chante.",
)
PUBLISH = {"action-publish": "1"}


@pytest.fixture
def client(client_of: Any, moderator: Any) -> Any:
    return client_of(moderator)


@pytest.fixture
def recording() -> Any:
    """Make a recording without captions that was published once."""
    page = RecordingPageFactory(title="Tea at night")
    CaptionTrack.objects.filter(recording=page).delete()
    page = RecordingPage.objects.get(pk=page.pk)
    page.save_revision().publish()
    return page


def publish(client: Any, recording: Any, *tracks: tuple[str, str]) -> None:
    fields = form_with(client, recording, *tracks) | PUBLISH
    assert client.post(edit_url(recording), fields).status_code == 302


def words(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def test_two_languages_are_published_together(client: Any, recording: Any) -> None:
    publish(client, recording, ("en", ENGLISH), ("fr", FRENCH))

    assert words_of(recording) == [KETTLE, BOUILLOIRE]


def test_a_language_is_given_once(client: Any, recording: Any) -> None:
    fields = form_with(client, recording, ("en", ENGLISH), ("en", LATER)) | PUBLISH
    answer = client.post(edit_url(recording), fields)

    assert answer.status_code == 200
    assert KETTLE in words(answer)
    assert TEA in words(answer)
    assert words_of(recording) == []


def test_publishing_the_page_again_leaves_its_cues_alone(
    client: Any, recording: Any
) -> None:
    publish(client, recording, ("en", ENGLISH))
    track = CaptionTrack.objects.get(recording=recording)
    cues = list(track.cues.values_list("pk", flat=True))
    track.save()

    assert list(track.cues.values_list("pk", flat=True)) == cues


def test_an_older_revision_brings_its_own_captions_back(
    client: Any, recording: Any
) -> None:
    set_captions(recording=recording, source=ENGLISH)
    old = RecordingPage.objects.get(pk=recording.pk).save_revision()
    RecordingPage.objects.get(pk=recording.pk).save_revision()
    set_captions(recording=recording, source=LATER)
    assert words_of(recording) == [TEA]

    where = reverse("wagtailadmin_pages:revisions_revert", args=[recording.pk, old.pk])
    loaded = open_form(client, recording) | fields_of(client.get(where).content)
    client.post(edit_url(recording), loaded | PUBLISH)

    assert CaptionTrack.objects.get(recording=recording).source.strip() == (
        ENGLISH.strip()
    )
    assert words_of(recording) == [KETTLE]


def test_an_older_revision_is_published_as_its_schedule_does(recording: Any) -> None:
    set_captions(recording=recording, source=ENGLISH)
    old = RecordingPage.objects.get(pk=recording.pk).save_revision()
    RecordingPage.objects.get(pk=recording.pk).save_revision()
    set_captions(recording=recording, source=LATER)
    old.publish()

    assert words_of(recording) == [KETTLE]


def test_captions_that_were_deleted_come_back_with_their_revision(
    client: Any, recording: Any
) -> None:
    set_captions(recording=recording, source=ENGLISH)
    old = RecordingPage.objects.get(pk=recording.pk).save_revision()
    fields = open_form(client, recording) | {"caption_tracks-0-DELETE": "on"}
    client.post(edit_url(recording), fields | PUBLISH)
    assert words_of(recording) == []
    assert not CaptionTrack.objects.filter(recording=recording).exists()

    old.publish()
    assert words_of(recording) == [KETTLE]


def test_a_copy_has_captions_of_its_own(client: Any, recording: Any) -> None:
    set_captions(recording=recording, source=ENGLISH)
    recording = RecordingPage.objects.get(pk=recording.pk)
    recording.save_revision().publish()
    where = reverse("wagtailadmin_pages:copy", args=[recording.pk])
    form = {
        "new_title": "A copy",
        "new_slug": "a-copy",
        "new_parent_page": recording.get_parent().pk,
        "publish_copies": "on",
    }
    assert client.post(where, form).status_code == 302
    copy = RecordingPage.objects.get(slug="a-copy")

    assert words_of(copy) == [KETTLE]
    set_captions(recording=copy, source=LATER)
    assert (words_of(recording), words_of(copy)) == ([KETTLE], [TEA])


def test_captions_that_are_emptied_are_no_longer_shown(
    client: Any, recording: Any
) -> None:
    set_captions(recording=recording, source=ENGLISH)
    fields = open_form(client, recording) | {"caption_tracks-0-source": "  "}
    client.post(edit_url(recording), fields | PUBLISH)

    assert words_of(recording) == []
    assert KETTLE not in words(client.get(recording.url))


def test_an_editors_captions_wait_for_a_moderator(
    client_of: Any, editor: Any, recording: Any
) -> None:
    client = client_of(editor)
    fields = form_with(client, recording, ("en", ENGLISH))
    client.post(edit_url(recording), fields | PUBLISH)

    assert words_of(recording) == []
    assert KETTLE in words(client.get(edit_url(recording)))
    assert KETTLE not in words(client.get(recording.url))


@pytest.mark.parametrize("role", ["visitor", "stranger", "member", "owner"])
def test_nobody_outside_the_cms_changes_captions(
    role: str, request: Any, client: Any, client_of: Any, recording: Any
) -> None:
    fields = form_with(client, recording, ("en", ENGLISH)) | PUBLISH
    outsider = client_of(request.getfixturevalue(role))
    answer = outsider.post(edit_url(recording), fields)

    assert answer.status_code in {302, 404}
    assert words_of(recording) == []


def test_no_more_errors_are_named_than_can_be_read(client: Any, recording: Any) -> None:
    bad = "WEBVTT" + "\n\n00:03.000 --> 00:02.000\nNo" * 20
    html = words(
        client.post(
            edit_url(recording), form_with(client, recording, ("en", bad)) | PUBLISH
        )
    )

    assert "Line 3 ends before it begins." in html
    assert html.count("ends before it begins.") == 12
    assert words_of(recording) == []
