"""Captions are read as WebVTT; nothing is lost, and each bad line is named."""

from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from learning.recordings.actions import CaptionsError, set_captions
from learning.recordings.models import CaptionTrack, parse_webvtt
from tests.cms.forms import edit_url, open_form
from tests.factories import (
    HomePageFactory,
    LearningIndexFactory,
    RecordingPageFactory,
    restrict_page,
)

_BESIDE = Path(__file__).resolve().parents[4]
CORPUS = _BESIDE / "shared" / "corpus" / "captions" / "wai-people-use-web"
GOOD = """\ufeffWEBVTT - Tea\r
Kind: captions\r
\r
NOTE written by hand\r
\r
1\r
00:00:01.000 --> 00:00:02.500 align:start\r
<v Rosa Lee>Hello &amp; <i>welcome</i>.</v>\r
\r
00:02.500 --> 00:04.000\r
<00:00:03.000><c>Two</c>\r
lines, 3 < 4\r
"""


def test_times_speakers_and_text_are_parsed() -> None:
    captions = parse_webvtt(GOOD)
    assert captions.errors == captions.warnings == []
    first, second = captions.cues
    assert (first.start_ms, first.end_ms) == (1000, 2500)
    assert (first.speaker, first.text) == ("Rosa Lee", "Hello & welcome.")
    assert (second.speaker, second.text) == ("", "Two\nlines, 3 < 4")


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        (
            "1\n00:01.000 --> 00:02.000\nHi",
            "Line 1: captions begin with the word WEBVTT.",
        ),
        (
            "WEBVTT\n\n00:01 --> 00:02\nHi",
            "Line 3: write the times as 00:01:02.500 --> 00:01:04.000.",
        ),
        (
            "WEBVTT\n\n00:61.000 --> 00:62.000\nHi",
            "Line 3: write the times as 00:01:02.500 --> 00:01:04.000.",
        ),
        (
            "WEBVTT\n\n597:00:00.000 --> 597:00:01.000\nMore than PostgreSQL stores",
            "Line 3: write the times as 00:01:02.500 --> 00:01:04.000.",
        ),
        ("WEBVTT\n\nx\n00:03.000 --> 00:02.000\nHi", "Line 4 ends before it begins."),
        (
            "WEBVTT\n\nOnly words\nand more",
            "Line 3: there are no times above “Only words”.",
        ),
    ],
)
def test_a_line_that_cannot_be_read_is_named(source: str, sentence: str) -> None:
    assert parse_webvtt(source).errors == [sentence]


def test_what_only_sounds_warnings_is_said_and_kept() -> None:
    captions = parse_webvtt(
        "WEBVTT\n\n00:01.000 --> 00:02.400\nOne\n\n00:02.000 --> 00:03.000\nTwo\n\n"
        "00:04.000 --> 00:05.000\n<i></i>"
    )
    assert len(captions.cues) == 2
    assert captions.warnings == [
        "Line 9 has no words and is skipped.",
        "Lines 3 and 6 overlap by 0.4 s.",
    ]


def test_cues_out_of_order_are_sorted() -> None:
    captions = parse_webvtt(
        "WEBVTT\n\n00:05.000 --> 00:06.000\nLater\n\n00:01.000 --> 00:02.000\nFirst"
    )
    assert [line.text for line in captions.cues] == ["First", "Later"]


@pytest.mark.skipif(not CORPUS.exists(), reason="the shared corpus is not here")
@pytest.mark.corpus
@pytest.mark.parametrize(
    "path", sorted(CORPUS.glob("*.vtt")), ids=lambda path: path.stem
)
def test_every_cue_of_real_captions_is_parsed_or_named(path: Path) -> None:
    source = path.read_text("utf-8")
    captions = parse_webvtt(source)
    times = [row for row in source.splitlines() if "-->" in row]
    skipped = [each for each in captions.warnings if "no words" in each]
    assert len(captions.cues) + len(captions.errors) + len(skipped) == len(times)


@pytest.fixture
def recording(db: None) -> Any:
    learn = LearningIndexFactory(parent=HomePageFactory(), slug="learn")
    return RecordingPageFactory(parent=learn, title="Tea")


def words_of(recording: Any) -> list[str]:
    tracks = CaptionTrack.objects.filter(recording=recording)
    return [cue.text for track in tracks for cue in track.cues.all()]


def test_captions_become_rows_and_replace_the_earlier_ones(recording: Any) -> None:
    CaptionTrack.objects.filter(recording=recording).delete()
    track, warnings = set_captions(recording=recording, source=GOOD)
    assert (warnings, track.cues.count(), track.source) == ([], 2, GOOD)
    set_captions(recording=recording, source="WEBVTT\n\n00:01.000 --> 00:02.000\nOther")
    assert words_of(recording) == ["Other"]


def test_captions_that_cannot_be_read_change_nothing(recording: Any) -> None:
    CaptionTrack.objects.filter(recording=recording).delete()
    set_captions(recording=recording, source=GOOD)
    with pytest.raises(CaptionsError, match="Line 3 ends before it begins"):
        set_captions(
            recording=recording, source="WEBVTT\n\n00:02.000 --> 00:01.000\nNo"
        )
    assert len(words_of(recording)) == 2


def test_publishing_an_earlier_revision_object_does_not_lose_them(
    recording: Any,
) -> None:
    CaptionTrack.objects.filter(recording=recording).delete()
    recording.refresh_from_db()
    recording.save_revision()
    set_captions(recording=recording, source=GOOD)
    recording.refresh_from_db()
    recording.get_latest_revision().publish()
    assert "Hello & welcome." in words_of(recording)


def form_with(client: Any, recording: Any, source: str) -> dict[str, Any]:
    fields = open_form(client, recording)
    return fields | {
        "caption_tracks-TOTAL_FORMS": "1",
        "caption_tracks-INITIAL_FORMS": "0",
        "caption_tracks-0-id": "",
        "caption_tracks-0-language": "en",
        "caption_tracks-0-source": source,
    }


@pytest.fixture
def without_captions(recording: Any) -> Any:
    CaptionTrack.objects.filter(recording=recording).delete()
    recording.refresh_from_db()
    recording.save_revision().publish()
    return recording


def test_a_draft_keeps_captions_and_publishing_makes_the_rows(
    client_of: Any, moderator: Any, without_captions: Any
) -> None:
    client, page = client_of(moderator), without_captions
    client.post(edit_url(page), form_with(client, page, GOOD))
    assert words_of(page) == []
    page.refresh_from_db()
    draft = page.get_latest_revision_as_object()
    assert [track.source.strip() for track in draft.caption_tracks.all()] == [
        GOOD.strip()
    ]
    client.post(edit_url(page), form_with(client, page, GOOD) | {"action-publish": "1"})
    assert words_of(page) == ["Hello & welcome.", "Two\nlines, 3 < 4"]


def test_the_form_names_bad_lines_and_keeps_what_was_pasted(
    client_of: Any, moderator: Any, without_captions: Any
) -> None:
    client, page = client_of(moderator), without_captions
    bad = "WEBVTT\n\n00:03.000 --> 00:02.000\nTea with sugar"
    fields = form_with(client, page, bad) | {"action-publish": "1"}
    html = client.post(edit_url(page), fields).content.decode()
    assert "Line 3 ends before it begins." in html
    assert "Tea with sugar" in html


def test_captions_are_served_to_those_who_may_see_the_recording(
    client_of: Any, stranger: Any, visitor: Any, recording: Any, working_group: Any
) -> None:
    CaptionTrack.objects.filter(recording=recording).delete()
    track, _warnings = set_captions(recording=recording, source=GOOD)
    url = reverse("recordings:captions", args=[track.pk])
    answer = client_of(visitor).get(url)
    assert answer["Content-Type"].startswith("text/vtt")
    assert "<v Rosa Lee>Hello &amp; welcome." in answer.content.decode()
    assert parse_webvtt(answer.content.decode()).errors == []
    restrict_page(recording, working_group.group)
    assert client_of(stranger).get(url).status_code == 404
