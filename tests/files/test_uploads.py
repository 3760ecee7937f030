"""A file may come in when its content is what its name says."""

import io
import struct
import wave
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.models import Collection

from files.actions import seconds_of, why_refused
from files.models import Document, Media
from tests.files.made import (
    locked_as_a_whole,
    open_sheets,
    open_slides,
    open_text,
    slides,
    word,
)
from tests.files.test_reading import CORPUS

HOSTILE = CORPUS / "hostile" / "uploads-whitehall"


def sent(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def sound(seconds: int) -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as made:
        made.setnchannels(1)
        made.setsampwidth(1)
        made.setframerate(8000)
        made.writeframes(b"\x80" * 8000 * seconds)
    return out.getvalue()


def film(seconds: int) -> bytes:
    """The boxes of an MP4 file that say how long it is."""
    header = struct.pack(">I8xII", 0, 1000, seconds * 1000) + bytes(80)
    movie_header = struct.pack(">I4s", 8 + len(header), b"mvhd") + header
    movie = struct.pack(">I4s", 8 + len(movie_header), b"moov") + movie_header
    return struct.pack(">I4s", 16, b"ftyp") + b"isom\0\0\0\1" + movie


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", b"%PDF-1.7\n"),
        ("A.DOCX", word()),
        ("a.pptx", slides()),
        ("a.odt", open_text()),
        ("a.odt", locked_as_a_whole()),
        ("a.ods", open_sheets()),
        ("a.odp", open_slides()),
        ("a.txt", "plain w\xf6rds".encode()),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        ("a.wav", sound(1)),
        ("a.mp4", film(1)),
        ("a.mp3", b"ID3\x04"),
    ],
)
def test_a_file_that_is_what_it_says_may_come_in(name: str, content: bytes) -> None:
    assert not why_refused(sent(name, content))


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.pdf", word(), "something else"),
        ("a.docx", b"PK\x03\x04 no package", "something else"),
        ("a.docx", slides(), "something else"),
        ("a.odt", word(), "something else"),
        ("a.txt", b"\x00\x01\x02", "something else"),
        ("a.mp4", b"%PDF-1.7", "something else"),
        ("a.exe", b"MZ", "not keep files of this kind"),
        ("noname", b"?", "not keep files of this kind"),
        ("a.svg", b"<svg onload='x()'/>", "not keep files of this kind"),
        ("a.pdf", b"", "empty"),
    ],
)
def test_any_other_is_refused_with_a_sentence(
    name: str, content: bytes, words: str
) -> None:
    assert words in str(why_refused(sent(name, content)))


def test_one_that_is_too_large_is_refused(settings: Any) -> None:
    settings.WAGTAILDOCS_MAX_UPLOAD_SIZE = 10
    assert "larger than 10" in str(why_refused(sent("a.pdf", b"%PDF-1.7 and on")))


@pytest.mark.skipif(not HOSTILE.exists(), reason="the shared corpus is not here")
@pytest.mark.corpus
def test_hostile_files_crash_nothing() -> None:
    for path in sorted(HOSTILE.rglob("*")):
        if path.is_file():
            for name in (path.name, "a.pdf", "a.docx", "a.mp4"):
                why_refused(sent(name, path.read_bytes()))


def test_length_is_read_where_the_file_says_it() -> None:
    assert seconds_of(sent("a.wav", sound(3))) == 3.0
    assert seconds_of(sent("a.mp4", film(61))) == 61.0
    for odd in (b"RIFF\0\0\0\0WAVE", b"\0\0\0\x10ftyp", b"", b"ID3", film(5)[:30]):
        assert seconds_of(sent("a.wav", odd)) == 0.0


@pytest.mark.django_db
def test_the_form_of_the_cms_refuses_and_says_why(client_of: Any, editor: Any) -> None:
    answer = client_of(editor).post(
        reverse("wagtaildocs:add"),
        {
            "title": "Handover",
            "file": sent("handover.pdf", word()),
            "collection": Collection.get_first_root_node().pk,
            "language": "en",
        },
    )
    assert "something else" in answer.content.decode()
    assert not Document.objects.exists()


@pytest.mark.django_db
def test_the_form_says_how_far_the_reading_is(client_of: Any, editor: Any) -> None:
    client = client_of(editor)
    root = Collection.get_first_root_node().pk
    fields = {"title": "Handover", "collection": root, "language": "en"}
    client.post(reverse("wagtaildocs:add"), {**fields, "file": sent("a.docx", word())})
    document = Document.objects.get()
    page = client.get(reverse("wagtaildocs:edit", args=[document.pk])).content
    assert "Its text is being read" in BeautifulSoup(page, "html.parser").get_text()


@pytest.mark.django_db
def test_a_recording_knows_its_length(client_of: Any, editor: Any) -> None:
    fields = {
        "title": "Tea",
        "file": sent("tea.wav", sound(2)),
        "collection": Collection.get_first_root_node().pk,
        "language": "en",
        "duration": "",
    }
    client_of(editor).post(reverse("wagtailmedia:add", args=["audio"]), fields)
    assert Media.objects.get().duration == 2.0
