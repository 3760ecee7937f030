"""The player of a recording, its chapters and its transcript, over HTTP."""

from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from django.core.files.base import ContentFile
from django.urls import reverse

from files.models import Media
from learning.recordings.actions import set_captions
from learning.recordings.models import CaptionTrack, Chapter
from tests.factories import MediaFactory, RecordingPageFactory, png

from .captions import ENGLISH, FRENCH

pytestmark = pytest.mark.django_db


def read(client: Any, page: Any) -> BeautifulSoup:
    answer = client.get(page.url)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def one(soup: BeautifulSoup, selector: str) -> Tag:
    found = soup.select_one(selector)
    assert found is not None, selector
    return found


def video(**fields: Any) -> Media:
    return MediaFactory(type="video", filename="tea.mp4", **fields)


def test_a_video_has_its_captions_and_its_poster(client: Any) -> None:
    media = video(thumbnail=ContentFile(png(), name="poster.png"))
    page = RecordingPageFactory(media=media)
    set_captions(recording=page, source=FRENCH, language="fr")
    soup = read(client, page)

    assert one(soup, "video")["poster"] == media.thumbnail.url
    tracks = soup.select("video track")
    assert [(each["srclang"], each["label"]) for each in tracks] == [
        ("en", "English"),
        ("fr", "French"),
    ]
    assert [each.has_attr("default") for each in tracks] == [True, False]
    for each in tracks:
        assert client.get(each["src"]).status_code == 200
    assert "Download the video" in soup.get_text()


def test_a_sound_has_a_player_without_a_picture(client: Any) -> None:
    page = RecordingPageFactory(media=MediaFactory())
    soup = read(client, page)

    assert one(soup, "audio")["src"] == page.media.url
    assert not soup.select("video, track")
    assert "Download the audio" in soup.get_text()
    assert "Choose a line to hear it." in soup.get_text()


def test_an_uploaded_file_is_preferred_to_another_site(client: Any) -> None:
    soup = read(client, RecordingPageFactory(media=video()))

    assert soup.select("video")
    assert not soup.select(".embed")


@pytest.mark.parametrize(
    ("url", "provider", "frame"),
    [
        (
            "https://vimeo.com/76979871",
            "Vimeo",
            "https://player.vimeo.com/video/76979871?dnt=1",
        ),
        (
            "https://www.youtube.com/watch?v=aqz-KE-bpKQ",
            "YouTube",
            "https://www.youtube-nocookie.com/embed/aqz-KE-bpKQ",
        ),
    ],
)
def test_a_video_on_another_site_waits_for_a_click(
    client: Any, url: str, provider: str, frame: str
) -> None:
    soup = read(client, RecordingPageFactory(elsewhere_url=url))

    assert one(soup, ".embed")["data-embed"] == frame
    assert f"hosted by {provider}" in one(soup, ".embed").get_text(" ", strip=True)
    assert not soup.select("iframe, video, audio")
    assert "Download" not in soup.get_text()
    assert "Choose a line to hear it." not in soup.get_text()


def test_a_video_on_an_unknown_site_is_only_a_link(client: Any) -> None:
    where = "https://videos.example.org/tea"
    soup = read(client, RecordingPageFactory(elsewhere_url=where))

    assert not one(soup, ".embed").has_attr("data-embed")
    assert one(soup, ".embed a")["href"] == where


def test_a_recording_that_is_not_there_yet_still_opens(client: Any) -> None:
    soup = read(client, RecordingPageFactory(elsewhere_url="", body=[]))

    assert not soup.select("video, audio, .embed")
    assert "Five-minute version" not in soup.get_text()
    assert "Welcome to the first Tuesday." in soup.get_text()


def test_each_line_says_from_when_to_when_it_is_spoken(client: Any) -> None:
    """A player marks the line that is spoken now, so it needs both ends."""
    cues = [(1500, 3250, "Ana", "Soup."), (3_661_000, 3_662_000, "Ana", "Bread.")]
    lines = read(client, RecordingPageFactory(cues=cues)).select(".cue")

    assert [(each["data-start"], each["data-end"]) for each in lines] == [
        ("1", "3.25"),
        ("3661", "3662.0"),
    ]
    times = [one(each, "a") for each in lines]
    assert [each["href"] for each in times] == ["#t=1", "#t=3661"]
    assert [each.get_text(" ", strip=True) for each in times] == [
        "Go to 0:01",
        "Go to 1:01:01",
    ]


def test_every_chapter_plays_from_its_start(client: Any) -> None:
    """The first one too, which starts at second 0."""
    page = RecordingPageFactory()
    for second, title in ((3700, "Leaving"), (95, "Soup")):
        Chapter.objects.create(recording=page, starts_at_seconds=second, title=title)
    entries = read(client, page).select(".toc a")

    assert [each["data-seek"] for each in entries] == ["0", "95", "3700"]
    assert [each.get_text(" ", strip=True) for each in entries] == [
        "0:00 Arriving",
        "1:35 Soup",
        "1:01:40 Leaving",
    ]


def test_without_chapters_there_is_no_heading_for_them(client: Any) -> None:
    page = RecordingPageFactory()
    page.chapters.all().delete()
    page.save()

    assert "Chapters" not in read(client, page).get_text()


def test_speakers_are_named_where_they_begin(client: Any) -> None:
    said = ["Ana", "Ana", "Ben", "Ana"]
    cues = [(n * 1000, n * 1000 + 900, who, f"Line {n}") for n, who in enumerate(said)]
    soup = read(client, RecordingPageFactory(cues=cues))

    assert [each.get_text() for each in soup.select(".speaker")] == [
        "Ana",
        "Ben",
        "Ana",
    ]
    lengths = [len(each.select(".cue")) for each in soup.select("ol.cues")]
    assert lengths == [2, 1, 1]


def test_transcripts_are_named_by_language_where_there_are_several(client: Any) -> None:
    page = RecordingPageFactory()
    assert "Transcript, English" not in read(client, page).get_text(" ", strip=True)
    set_captions(recording=page, source=FRENCH, language="fr")
    text = " ".join(read(client, page).get_text(" ", strip=True).split())

    assert text.index("Transcript, English") < text.index("Transcript, French")
    assert "La bouilloire chante." in text


def test_what_was_said_cannot_write_the_page(client: Any) -> None:
    cues = [(0, 900, "<b>Ana</b>", "<script>alert(1)</script> & tea")]
    page = RecordingPageFactory(cues=cues)
    answer = client.get(page.url).content.decode()

    assert "<script>alert(1)" not in answer
    assert "<b>Ana</b>" not in answer
    track = CaptionTrack.objects.get(recording=page)
    written = client.get(reverse("recordings:captions", args=[track.pk]))
    assert written.content.decode() == (
        "WEBVTT\n\n00:00:00.000 --> 00:00:00.900\n"
        "<v &lt;b&gt;Ana&lt;/b&gt;>&lt;script&gt;alert(1)&lt;/script&gt; &amp; tea\n"
    )


def test_captions_that_do_not_exist_are_not_found(client: Any) -> None:
    assert client.get(reverse("recordings:captions", args=[999])).status_code == 404


def test_a_preview_opens_with_captions_that_are_not_saved() -> None:
    page = RecordingPageFactory(media=video())
    page.caption_tracks.add(CaptionTrack(language="fr", source=ENGLISH))
    answer = page.make_preview_request()

    assert answer.status_code == 200
    soup = BeautifulSoup(answer.rendered_content, "html.parser")
    assert len(soup.select("video track")) == 1
