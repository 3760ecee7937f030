"""The length of recordings is read from their files, and a hostile file does no harm."""

import io
import struct
import time
import wave
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.urls import reverse
from wagtail.models import Collection

from files.actions import read_duration
from files.models import Media
from tests.factories import MediaFactory


def uploaded(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def wav(seconds: int) -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as made:
        made.setnchannels(1)
        made.setsampwidth(1)
        made.setframerate(8000)
        made.writeframes(b"\x80" * 8000 * seconds)
    return out.getvalue()


def box(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I4s", 8 + len(content), name) + content


def mp4(seconds: int, scale: int = 1000, version: int = 0) -> bytes:
    """Make an MP4 file with nothing in it but the movie header, ISO/IEC 14496-12, 8.2.2."""
    layout = ">B3x8xII" if version == 0 else ">B3x16xIQ"
    header = struct.pack(layout, version, scale, seconds * scale) + bytes(80)
    movie = box(b"moov", box(b"mvhd", header))
    return box(b"ftyp", b"isom\0\0\0\1") + movie


def mp3(frames: int) -> bytes:
    """Make frames of MPEG-1 layer III, 128 kbit/s at 44.1 kHz: 1152 samples in 417 bytes."""
    return (b"\xff\xfb\x90\x00" + bytes(413)) * frames


def ogg_page(content: bytes, samples: int, number: int) -> bytes:
    """Make one page of an Ogg stream, RFC 3533, section 6; the checksum is left empty."""
    flags = 2 if number == 0 else 4
    head = struct.pack("<4sBBqIIIB", b"OggS", 0, flags, samples, 7, number, 0, 1)
    return head + bytes([len(content)]) + content


def ogg(seconds: int) -> bytes:
    head = b"\x01vorbis" + struct.pack("<IBIIIIBB", 0, 1, 8000, 0, 64000, 0, 0xB8, 1)
    return ogg_page(head, 0, 0) + ogg_page(b"sound", seconds * 8000, 1)


def flac(seconds: int) -> bytes:
    """Make a FLAC file with its stream information only, RFC 9639, section 8.2."""
    rate, samples = 8000, seconds * 8000
    packed = (rate << 44) | (0 << 41) | (15 << 36) | samples
    info = struct.pack(">HH", 4096, 4096) + bytes(6) + packed.to_bytes(8, "big")
    return b"fLaC" + b"\x80" + (34).to_bytes(3, "big") + info + bytes(16)


@pytest.mark.parametrize(
    ("name", "content", "seconds"),
    [
        ("a.wav", wav(3), 3.0),
        ("a.mp4", mp4(61), 61.0),
        ("a.mov", mp4(5400), 5400.0),
        ("a.m4a", mp4(7, version=1), 7.0),
        ("a.mp3", mp3(1000), 26.12),
        ("a.mp3", b"ID3\x04\0\0\0\0\0\0" + mp3(1000), 26.12),
        ("a.ogg", ogg(9), 9.0),
        ("a.flac", flac(12), 12.0),
    ],
)
def test_the_length_is_read(name: str, content: bytes, seconds: float) -> None:
    assert read_duration(uploaded(name, content)) == pytest.approx(seconds, abs=0.05)


def test_the_length_is_read_from_a_file_on_disk() -> None:
    """Large uploads come as temporary files."""
    with TemporaryUploadedFile("a.mp3", "audio/mpeg", 0, None) as file:
        file.write(mp3(1000))
        file.flush()
        assert read_duration(file) == pytest.approx(26.12, abs=0.05)


def test_the_file_can_be_read_from_its_start_afterwards() -> None:
    file = uploaded("a.wav", wav(1))
    read_duration(file)
    assert file.read(4) == b"RIFF"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"ID3",
        b"ID3\x04\0\0\x7f\x7f\x7f\x7f",
        b"RIFF\0\0\0\0WAVE",
        b"RIFF\xff\xff\xff\xffWAVEfmt \xff\xff\xff\xff",
        b"\0\0\0\x10ftyp",
        mp4(5)[:30],
        mp4(1, scale=0),
        b"OggS",
        b"OggS" + b"\xff" * 100,
        b"fLaC\xff\xff\xff\xff",
        b"\x1aE\xdf\xa3",
        b"%PDF-1.7",
        box(b"ftyp", b"isom") + struct.pack(">I4s", 0, b"moov") * 100,
        box(b"ftyp", b"isom") + struct.pack(">I4sQ", 1, b"moov", 2**64 - 1),
    ],
)
def test_a_length_that_cannot_be_read_is_unknown(content: bytes) -> None:
    assert read_duration(uploaded("a.mp3", content)) == 0.0


@pytest.mark.parametrize(
    "content",
    [mp4(5), wav(1), mp3(3), ogg(1), flac(1)],
    ids=["mp4", "wav", "mp3", "ogg", "flac"],
)
def test_a_recording_may_end_anywhere(content: bytes) -> None:
    for end in range(min(len(content), 500)):
        read_duration(uploaded("a.mp4", content[:end]))


@pytest.mark.parametrize("seconds", [2**32 - 1, 25 * 60 * 60])
def test_a_length_that_no_recording_has_is_unknown(seconds: int) -> None:
    assert read_duration(uploaded("a.mp4", mp4(seconds, scale=1))) == 0.0


@pytest.mark.parametrize(
    "content",
    [
        b"ID3\x04\0\0\0\0\0\0" + bytes(20_000_000),
        b"\xff\xfb" + b"\xff" * 20_000_000,
        b"".join(ogg_page(b"x" * 100, 0, number) for number in range(150_000)),
        b"fLaC" + b"\x01\0\0\0" * 5_000_000,
        box(b"ftyp", b"isom") + box(b"free", b"") * 2_500_000,
    ],
    ids=["zeros", "sync bits", "pages", "blocks", "boxes"],
)
def test_a_hostile_file_does_not_hold_the_process(content: bytes) -> None:
    file = uploaded("a.mp3", content)
    began = time.process_time()
    read_duration(file)
    assert time.process_time() - began < 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "name", "content", "seconds"),
    [("audio", "tea.mp3", mp3(1000), 26.12), ("video", "tea.mp4", mp4(61), 61.0)],
)
def test_an_editor_need_not_type_the_length(
    client_of: Any, editor: Any, kind: str, name: str, content: bytes, seconds: float
) -> None:
    save(client_of(editor), kind, uploaded(name, content))
    assert Media.objects.get().duration == pytest.approx(seconds, abs=0.05)


@pytest.mark.django_db
def test_a_length_that_is_typed_counts(client_of: Any, editor: Any) -> None:
    save(client_of(editor), "audio", uploaded("tea.wav", wav(2)), duration="90")
    assert Media.objects.get().duration == 90


@pytest.mark.django_db
def test_an_editor_is_asked_for_a_length_that_cannot_be_read(
    client_of: Any, editor: Any
) -> None:
    client = client_of(editor)
    save(client, "audio", uploaded("tea.mp3", b"ID3" + bytes(50)))
    recording = Media.objects.get()
    assert recording.duration == 0
    url = reverse("wagtailmedia:edit", args=[recording.pk])
    assert "Type it in seconds" in text_of(client.get(url))
    known = MediaFactory(duration=12)
    url = reverse("wagtailmedia:edit", args=[known.pk])
    assert "Type it in seconds" not in text_of(client.get(url))


def save(client: Any, kind: str, file: Any, duration: str = "") -> None:
    """Add a recording with the form of the CMS."""
    fields = {
        "title": "Tea",
        "file": file,
        "collection": Collection.get_first_root_node().pk,
        "language": "en",
        "duration": duration,
    }
    client.post(reverse("wagtailmedia:add", args=[kind]), fields)


def text_of(response: Any) -> str:
    return BeautifulSoup(response.content, "html.parser").get_text()
