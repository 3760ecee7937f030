"""The worker extracts the text of documents, and a broken or hostile file does no harm."""

from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django_q.models import OrmQ

from files.actions import extract_text, text_extraction
from files.jobs import extract_text_of
from files.models import Document
from tests.factories import DocumentFactory
from tests.files.samples import (
    empty_pdf,
    encrypted_pdf,
    read,
    sheets,
    slides,
    texts,
    word,
)

pytestmark = pytest.mark.django_db
CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"
needs_corpus = pytest.mark.skipif(
    not CORPUS.exists(), reason="the shared corpus is not on this machine"
)


def test_tables_of_a_word_file_are_extracted() -> None:
    document = read(word(), "first.docx")
    assert document.extraction == "done"
    (text,) = texts(document)
    for words in ("Before the first night", "There is tea.", "in the kitchen"):
        assert words in text


def test_slides_are_read_one_by_one() -> None:
    document = read(slides(), "talk.pptx")
    assert texts(document) == ["Arriving", "Staying"]
    assert document.page_count == 2


def test_sheets_are_read_one_by_one() -> None:
    document = read(sheets(), "beds.xlsx")
    assert [text.split("\n")[1] for text in texts(document)] == ["Bed \t7", "Monday"]
    assert document.page_count is None


def test_scripts_of_a_web_page_are_not_extracted() -> None:
    html = b"<p>Read <b>me</b></p><script>steal()</script>"
    assert texts(read(html, "page.html")) == ["Read me"]


def test_text_in_an_older_encoding_is_extracted() -> None:
    assert texts(read("caf\xe9".encode("cp1252"), "note.txt")) == ["caf\xe9"]


def test_a_document_without_text_is_reported() -> None:
    document = read(empty_pdf(), "scan.pdf")
    assert (document.extraction, document.page_count) == ("empty", 2)
    assert "screen reader" in str(document.extraction_message)


@pytest.mark.parametrize(
    ("content", "filename", "why"),
    [
        (b"PK\x03\x04 but no more", "broken.docx", "broken"),
        (b"%PDF-1.7 and then nothing", "broken.pdf", "broken"),
        (b"\x00\x01", "odd.pptx", "broken"),
        (b"anything", "song.rtf", "kind"),
    ],
)
def test_a_broken_file_is_reported(content: bytes, filename: str, why: str) -> None:
    document = read(content, filename)
    assert (document.extraction, document.extraction_error) == ("failed", why)
    assert str(document.extraction_message).endswith(".")


def test_a_password_is_reported() -> None:
    document = read(encrypted_pdf(), "locked.pdf")
    assert document.extraction_error == "encrypted"


def test_an_extraction_that_takes_too_long_is_stopped(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(text_extraction, "SECONDS", 0.001)
    assert read(b"slow", "slow.txt").extraction_error == "too-slow"


def test_a_missing_file_is_reported() -> None:
    document = DocumentFactory(content=b"there", filename="gone.txt")
    document.file.storage.delete(document.file.name)
    extract_text(document=document)
    document.refresh_from_db()
    assert document.extraction_error == "lost"


def asked() -> int:
    return [each.func() for each in OrmQ.objects.all()].count(
        "files.jobs.extract_text_of"
    )


def test_saving_a_new_file_enqueues_one_job() -> None:
    document = DocumentFactory(content=b"first", filename="first.txt")
    assert asked() == 1
    document.title = "Another title"
    document.save()
    assert asked() == 1


def test_extracting_again_gives_the_same_rows() -> None:
    document = read(slides(), "talk.pptx")
    assert extract_text_of(document.pk) == "done"
    assert texts(document) == ["Arriving", "Staying"]


def test_the_text_of_a_file_that_was_replaced_meanwhile_is_discarded() -> None:
    document = DocumentFactory(content=b"first", filename="first.txt")
    other = Document.objects.get(pk=document.pk)
    other.file = ContentFile(b"second", name="second.txt")
    other.save()
    assert extract_text(document=document) is None
    assert texts(document) == []
    assert extract_text_of(document.pk) == "done"
    assert texts(document) == ["second"]


def test_a_deleted_document_needs_no_extraction() -> None:
    assert extract_text_of(0) == "deleted"


@needs_corpus
@pytest.mark.corpus
@pytest.mark.parametrize(
    "name",
    [
        *sorted(
            str(each.relative_to(CORPUS)) for each in CORPUS.glob("docx/**/*.docx")
        ),
        *sorted(str(each.relative_to(CORPUS)) for each in CORPUS.glob("pdf/*.pdf")),
    ],
)
def test_real_files_are_extracted_or_reported_as_empty(name: str) -> None:
    path = CORPUS / name
    document = read(path.read_bytes(), path.name)
    assert document.extraction in {"done", "empty"}, document.extraction_error
