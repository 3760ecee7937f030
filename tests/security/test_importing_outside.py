"""A library that leads out of its directory, or brings files that an upload would refuse."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from files.models import Document, Image
from importing.actions import import_library
from importing.library import LibraryError, read_library
from importing.report import Report
from tests.access.closing import close_response
from tests.factories import DocumentFactory, png
from tests.importing.conftest import write_library

pytestmark = pytest.mark.django_db
__all__ = ["write_library"]


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """Return a file beside the library that is none of its business."""
    secret = tmp_path / "passwords.txt"
    secret.write_text("4711")
    return secret


def notes(report: Report) -> dict[str, str]:
    return {note.id: note.reason for note in report.notes}


def test_no_link_among_the_files_is_followed(
    write_library: Callable[..., Path], outside: Path
) -> None:
    folder = write_library()
    (folder / "files" / "notes.txt").symlink_to(outside)
    (folder / "transcripts").symlink_to(outside.parent)
    report = import_library(directory=folder)
    assert "links are not followed" in notes(report)["notes.txt"]
    assert "links are not followed" in notes(report)["transcripts"]
    assert {each.title for each in Document.objects.all()} == {"sheet"}


@pytest.mark.parametrize("name", ["library.json", "guidenav.json"])
def test_no_link_for_its_own_files_is_followed(
    write_library: Callable[..., Path], outside: Path, name: str
) -> None:
    folder = write_library()
    (folder / name).unlink()
    outside.write_text(json.dumps({"name": "4711", "first": {"nav": []}}))
    (folder / name).symlink_to(outside)
    library = read_library(folder)
    assert library.source == "small"
    assert name in {note.id for note in library.notes}


def test_no_link_for_its_items_is_followed(
    write_library: Callable[..., Path], outside: Path
) -> None:
    folder = write_library()
    (folder / "items.jsonl").unlink()
    (folder / "items.jsonl").symlink_to(outside)
    with pytest.raises(LibraryError):
        read_library(folder)


def test_a_name_that_leads_upwards_is_only_a_name(
    write_library: Callable[..., Path],
) -> None:
    folder = write_library()
    rows = [
        {"file": "sheet.pdf", "original_name": "../../../static/sheet.pdf"},
        {"file": "../items.jsonl", "original_name": "items.txt"},
        {"file": "door.png", "original_name": "..\\.."},
    ]
    lines = "\n".join(map(json.dumps, rows))
    (folder / "files" / "index.jsonl").write_text(lines)
    report = import_library(directory=folder)
    document = Document.objects.get()
    assert document.file.name.startswith("documents/sheet")
    assert "is not there" in notes(report)["../items.jsonl"]


def test_the_rules_for_uploads_hold_for_an_import(
    write_library: Callable[..., Path],
) -> None:
    folder = write_library()
    for name, content in (
        ("app.js", b"alert(1)"),
        ("forged.pdf", b"<script>alert(1)</script>"),
        ("forged.png", b"<script>alert(1)</script>"),
        ("real.png", png()),
    ):
        (folder / "files" / name).write_bytes(content)
    row = json.dumps({"file": "real.png", "original_name": "real.js"})
    (folder / "files" / "index.jsonl").write_text(row)
    report = import_library(directory=folder)
    said = notes(report)
    assert "do not accept files of this kind" in said["app.js"]
    assert "do not accept files of this kind" in said["real.js"]
    assert "contains something else" in said["forged.pdf"]
    assert "contains something else" in said["forged.png"]
    assert {each.title for each in Document.objects.all()} == {"sheet"}
    assert {each.title for each in Image.objects.all()} == {"door"}


@pytest.mark.parametrize("name", ["app.js", "style.css", "page.html", "drawing.svg"])
def test_nothing_that_a_page_could_run_is_served_as_such(name: str) -> None:
    document = DocumentFactory(content=b"alert(1)", filename=name)
    response = Client().get(document.url)
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    close_response(response)
