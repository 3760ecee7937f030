"""Ranges, conditional requests and headers of files, as browsers and proxies use them."""

from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client

from files.models import Document
from tests.access.closing import close_response
from tests.factories import DocumentFactory, FolderFactory, MediaFactory, png

pytestmark = pytest.mark.django_db
CONTENT = bytes(range(100))


@pytest.fixture
def document() -> Document:
    return DocumentFactory(content=CONTENT, filename="numbers.bin")


def fetch(url: str, method: str = "get", **headers: str) -> Any:
    """Return the response after reading its body and closing its file."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    response = getattr(Client(), method)(url, headers=named)
    response.body = response.getvalue() if response.streaming else response.content
    close_response(response)
    return response


def test_the_whole_file_comes_with_its_size_and_version(document: Document) -> None:
    response = fetch(document.url)
    assert response.status_code == 200
    assert response.body == CONTENT
    assert response["Content-Length"] == "100"
    assert response["Accept-Ranges"] == "bytes"
    assert response["ETag"] == f'"{document.checksum}"'


def test_a_head_request_sends_no_body(document: Document) -> None:
    response = fetch(document.url, "head", Range="bytes=0-9")
    assert response.status_code == 200
    assert response.body == b""
    assert response["Content-Length"] == "100"


@pytest.mark.parametrize(
    ("requested", "first", "last"),
    [
        ("bytes=0-0", 0, 0),
        ("bytes=10-19", 10, 19),
        ("bytes=90-", 90, 99),
        ("bytes=-5", 95, 99),
        ("bytes=-500", 0, 99),
        ("bytes=90-500", 90, 99),
    ],
)
def test_one_range_is_answered_with_that_part(
    document: Document, requested: str, first: int, last: int
) -> None:
    response = fetch(document.url, Range=requested)
    assert response.status_code == 206
    assert response.body == CONTENT[first : last + 1]
    assert response["Content-Range"] == f"bytes {first}-{last}/100"
    assert response["Content-Length"] == str(last - first + 1)


@pytest.mark.parametrize("requested", ["bytes=100-", "bytes=500-600", "bytes=-0"])
def test_a_range_beyond_the_file_is_refused(document: Document, requested: str) -> None:
    response = fetch(document.url, Range=requested)
    assert response.status_code == 416
    assert response["Content-Range"] == "bytes */100"


@pytest.mark.parametrize(
    "requested",
    [
        "bytes=-",
        "bytes=a-b",
        "bytes=0-1,5-6",
        "seconds=0-1",
        "bytes=" + "9" * 5000 + "-",
        "bytes=0-" + "9" * 5000,
        "bytes=\u0663-",
    ],
)
def test_a_range_that_cannot_be_read_gets_the_whole_file(
    document: Document, requested: str
) -> None:
    response = fetch(document.url, Range=requested)
    assert response.status_code == 200
    assert response.body == CONTENT


def test_if_range_counts_only_for_this_very_version(document: Document) -> None:
    """A download that is resumed after the file was replaced begins from the start."""
    etag = fetch(document.url)["ETag"]
    same = fetch(document.url, Range="bytes=10-", If_Range=etag)
    assert (same.status_code, same.body) == (206, CONTENT[10:])
    old = DocumentFactory(content=b"other", filename="other.bin").checksum
    for other in (f'"{old}"', f"W/{etag}", "Tue, 01 Sep 2026 10:00:00 GMT", "?"):
        response = fetch(document.url, Range="bytes=10-", If_Range=other)
        assert (response.status_code, response.body) == (200, CONTENT), other


def test_a_replaced_file_has_another_version(document: Document) -> None:
    before = fetch(document.url)["ETag"]
    document.file = ContentFile(b"second", name="numbers.bin")
    document.save()
    after = fetch(document.url, If_None_Match=before)
    assert after.status_code == 200
    assert after["ETag"] != before


@pytest.mark.parametrize("form", ["{}", "W/{}", '"other", {}', '"a", W/{} , "b"', "*"])
def test_a_browser_that_has_this_version_is_told_so(
    document: Document, form: str
) -> None:
    etag = fetch(document.url)["ETag"]
    response = fetch(document.url, If_None_Match=form.format(etag))
    assert (response.status_code, response.body) == (304, b"")
    assert response["ETag"] == etag
    assert response["Cache-Control"] == "public, no-cache"


def test_a_browser_that_has_another_version_gets_the_file(document: Document) -> None:
    response = fetch(document.url, If_None_Match='"other", W/"another"')
    assert (response.status_code, response.body) == (200, CONTENT)


def test_a_condition_that_fails_sends_nothing(document: Document) -> None:
    response = fetch(document.url, If_Match='"other"')
    assert (response.status_code, response.body) == (412, b"")


def test_a_condition_does_not_tell_a_stranger_that_a_file_exists(
    working_group: Any,
) -> None:
    hidden = DocumentFactory(collection=FolderFactory(groups=[working_group.group]))
    for condition in ({"If_None_Match": "*"}, {"Range": "bytes=0-"}, {"If_Match": "*"}):
        response = fetch(hidden.url, **condition)
        assert response.status_code == 404
        assert "ETag" not in response.headers


@pytest.mark.parametrize(
    ("filename", "content_type", "disposition"),
    [
        ("a.pdf", "application/pdf", "inline"),
        ("a.txt", "text/plain", "inline"),
        ("a.html", "application/octet-stream", "attachment"),
        ("a.svg", "application/octet-stream", "attachment"),
        ("a.unknown", "application/octet-stream", "attachment"),
    ],
)
def test_only_harmless_kinds_open_in_the_browser(
    filename: str, content_type: str, disposition: str
) -> None:
    response = fetch(DocumentFactory(filename=filename, content=b"x").url)
    assert response["Content-Type"] == content_type
    assert response["Content-Disposition"].startswith(disposition)
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["X-Content-Type-Options"] == "nosniff"


def test_a_file_that_the_storage_lost_is_not_found(document: Document) -> None:
    document.file.storage.delete(document.file.name)
    assert fetch(document.url).status_code == 404


def test_the_proxy_sends_the_file_where_it_is_told_to(
    document: Document, settings: Any
) -> None:
    settings.FILES_SEND_BY = "x-accel-redirect"
    accelerated = fetch(document.url)
    assert accelerated["X-Accel-Redirect"].endswith(document.file.name)
    assert accelerated["ETag"] == f'"{document.checksum}"'
    settings.FILES_SEND_BY = "x-sendfile"
    sent = fetch(document.url)
    assert sent["X-Sendfile"] == document.file.path
    assert sent.body == b""


def test_recordings_and_their_thumbnails_are_delivered() -> None:
    recording = MediaFactory(
        content=b"ID3" + CONTENT, thumbnail=ContentFile(png(), name="still.png")
    )
    response = fetch(recording.file.url, Range="bytes=0-2")
    assert (response.status_code, response.body) == (206, b"ID3")
    still = fetch(recording.thumbnail.url)
    with recording.thumbnail.open() as stored:
        assert still.body == stored.read()
    assert still["ETag"] != response["ETag"]


def test_other_methods_and_unknown_paths_are_refused(document: Document) -> None:
    assert fetch(document.url, "post").status_code == 405
    assert fetch("/media/no/such/file.png").status_code == 404
    assert fetch("/media/../settings.py").status_code == 404
