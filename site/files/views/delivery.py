"""Answer a request for a file that the user may fetch.

Conditional requests (RFC 9110, section 13) are Django's. Ranges (section 14): one range of
bytes is answered with 206, one that lies beyond the file with 416; several ranges, or one
that cannot be read, with the whole file.
"""

import re
from dataclasses import dataclass
from mimetypes import guess_type
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from django.conf import settings
from django.http import FileResponse, Http404, HttpResponse, HttpResponseRedirect
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header

if TYPE_CHECKING:
    from django.core.files.base import File
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

# Opened in the browser; everything else is downloaded. HTML and SVG can hold scripts.
OPENED_IN_BROWSER = re.compile(
    r"application/pdf|text/plain|image/(?!svg)|audio/|video/"
)
# A page would run or apply these even if they are sent for downloading.
ACTIVE = re.compile(r"script|css|html|xml$|svg|wasm")
UNKNOWN = "application/octet-stream"
# Longer numbers than any file has bytes are not read: Python refuses very long ones.
_RANGE = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})")


@dataclass(frozen=True)
class Delivery:
    """A file that the user may fetch."""

    file: Any
    filename: str
    etag: str
    #: Whether everybody may fetch it, so that caches may store it.
    public: bool


def deliver(request: "HttpRequest", delivery: Delivery) -> "HttpResponseBase":
    """Return the file, a part of it, or the answer to a conditional request.

    Raises Http404 if the storage has lost the file.
    """
    response = _not_sent(request, delivery) or _sent(request, delivery)
    if delivery.public:
        # A cache asks each time (by ETag) whether it is still public and still the same.
        # Without this header the middleware forbids to store the response.
        response["Cache-Control"] = "public, no-cache"
    return response


def _not_sent(request: "HttpRequest", delivery: Delivery) -> HttpResponse | None:
    """Return 304 or 412 if a condition of the request says so."""
    response: HttpResponse | None
    response = get_conditional_response(request, etag=delivery.etag)
    if response is not None:
        response["ETag"] = delivery.etag
    return response


def _sent(request: "HttpRequest", delivery: Delivery) -> "HttpResponseBase":
    response = _content(request, delivery)
    if isinstance(response, HttpResponseRedirect):
        return response
    content_type = guess_type(delivery.filename)[0] or UNKNOWN
    as_attachment = not OPENED_IN_BROWSER.match(content_type)
    if ACTIVE.search(content_type):
        content_type = UNKNOWN
    response["Content-Type"] = content_type
    response["Content-Disposition"] = (
        content_disposition_header(as_attachment, delivery.filename) or "attachment"
    )
    response["ETag"] = delivery.etag
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _content(request: "HttpRequest", delivery: Delivery) -> "HttpResponseBase":
    """Return the content, or an answer that tells the proxy or the storage to send it."""
    if settings.FILES_SEND_BY == "x-accel-redirect":
        internal_url = settings.FILES_INTERNAL_URL + quote(delivery.file.name)
        return HttpResponse(headers={"X-Accel-Redirect": internal_url})
    try:
        path = delivery.file.path
    except NotImplementedError:  # a remote storage, whose URL is signed
        return HttpResponseRedirect(delivery.file.url)
    if settings.FILES_SEND_BY == "x-sendfile":
        return HttpResponse(headers={"X-Sendfile": path})
    try:
        opened = delivery.file.storage.open(delivery.file.name, "rb")
    except FileNotFoundError as lost:
        raise Http404 from lost
    return _in_range(opened, _requested_range(request, delivery))


def _requested_range(
    request: "HttpRequest", delivery: Delivery
) -> tuple[str, str] | None:
    """Return the first and last byte as they were requested; None for the whole file.

    RFC 9110, section 13.1.5: a range counts only if If-Range names this very version.
    """
    requested = _RANGE.fullmatch(request.headers.get("Range", ""))
    if request.method != "GET" or requested is None or requested.group(0) == "bytes=-":
        return None
    if request.headers.get("If-Range", delivery.etag) != delivery.etag:
        return None
    return requested.group(1), requested.group(2)


def _in_range(file: "File", requested: tuple[str, str] | None) -> "HttpResponseBase":
    if requested is None:
        return FileResponse(file, headers={"Accept-Ranges": "bytes"})
    size = file.size
    first, last = _bounds(*requested, size)
    if first >= size or first > last:
        file.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    file.seek(first)
    response = FileResponse(_Part(file, last - first + 1), status=206)
    response["Content-Range"] = f"bytes {first}-{last}/{size}"
    response["Content-Length"] = str(last - first + 1)
    response["Accept-Ranges"] = "bytes"
    return response


def _bounds(first: str, last: str, size: int) -> tuple[int, int]:
    if not first:  # the last so many bytes
        return max(0, size - int(last)), size - 1
    return int(first), min(int(last) if last else size - 1, size - 1)


class _Part:
    """The next `length` bytes of an open file, which is closed with the response."""

    def __init__(self, file: "File", length: int) -> None:
        self.file, self.left = file, length
        self.close = file.close

    def read(self, size: int) -> bytes:
        chunk: bytes = self.file.read(min(size, self.left))
        self.left -= len(chunk)
        return chunk
