"""An upload is accepted if its content is what its extension says."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.models import Collection

from files.actions import upload_error
from files.models import Document
from tests.files.samples import (
    encrypted_package,
    open_sheets,
    open_slides,
    open_text,
    slides,
    word,
)
from tests.files.test_media_duration import mp4, wav
from tests.files.test_text_extraction import CORPUS

HOSTILE = CORPUS / "hostile" / "uploads-whitehall"


def uploaded(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", b"%PDF-1.7\n"),
        ("A.DOCX", word()),
        ("a.pptx", slides()),
        ("a.odt", open_text()),
        ("a.odt", encrypted_package()),
        ("a.ods", open_sheets()),
        ("a.odp", open_slides()),
        ("a.txt", "plain w\xf6rds".encode()),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        ("a.wav", wav(1)),
        ("a.mp4", mp4(1)),
        ("a.mp3", b"ID3\x04"),
    ],
)
def test_a_file_that_matches_its_extension_is_accepted(
    name: str, content: bytes
) -> None:
    assert not upload_error(uploaded(name, content))


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.pdf", word(), "something else"),
        ("a.docx", b"PK\x03\x04 no package", "something else"),
        ("a.docx", slides(), "something else"),
        ("a.odt", word(), "something else"),
        ("a.txt", b"\x00\x01\x02", "something else"),
        ("a.mp4", b"%PDF-1.7", "something else"),
        ("a.exe", b"MZ", "not accept files of this kind"),
        ("noname", b"?", "not accept files of this kind"),
        ("a.svg", b"<svg onload='x()'/>", "not accept files of this kind"),
        ("a.pdf", b"", "empty"),
    ],
)
def test_any_other_file_is_refused_with_a_sentence(
    name: str, content: bytes, words: str
) -> None:
    assert words in str(upload_error(uploaded(name, content)))


def test_a_file_that_is_too_large_is_refused(settings: Any) -> None:
    settings.WAGTAILDOCS_MAX_UPLOAD_SIZE = 10
    assert "The limit is 10" in str(upload_error(uploaded("a.pdf", b"%PDF-1.7 and on")))


@pytest.mark.skipif(not HOSTILE.exists(), reason="the shared corpus is not here")
@pytest.mark.corpus
def test_hostile_files_raise_nothing() -> None:
    for path in sorted(HOSTILE.rglob("*")):
        if path.is_file():
            for name in (path.name, "a.pdf", "a.docx", "a.mp4"):
                upload_error(uploaded(name, path.read_bytes()))


@pytest.mark.django_db
def test_the_form_of_the_cms_refuses_and_says_why(client_of: Any, editor: Any) -> None:
    answer = client_of(editor).post(
        reverse("wagtaildocs:add"),
        {
            "title": "Handover",
            "file": uploaded("handover.pdf", word()),
            "collection": Collection.get_first_root_node().pk,
            "language": "en",
        },
    )
    assert "something else" in answer.content.decode()
    assert not Document.objects.exists()


@pytest.mark.django_db
def test_the_form_says_how_the_extraction_went(client_of: Any, editor: Any) -> None:
    client = client_of(editor)
    root = Collection.get_first_root_node().pk
    fields = {"title": "Handover", "collection": root, "language": "en"}
    client.post(
        reverse("wagtaildocs:add"), {**fields, "file": uploaded("a.docx", word())}
    )
    document = Document.objects.get()
    page = client.get(reverse("wagtaildocs:edit", args=[document.pk])).content
    assert (
        "Its text is being extracted" in BeautifulSoup(page, "html.parser").get_text()
    )
