"""Files leave the house through here, after the question who asks.

A stranger gets 404. Ranges work (RFC 9110, section 14): one range of bytes is answered with
206, one that cannot be met with 416, several at once with the whole file.
"""

import re
from dataclasses import dataclass
from mimetypes import guess_type
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from django.conf import settings
from django.http import (
    FileResponse,
    Http404,
    HttpResponse,
    HttpResponseNotModified,
    HttpResponseRedirect,
)
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from people.access import PUBLIC, access_of

from .access import may_fetch
from .models import Document, Image, Media, Rendition

if TYPE_CHECKING:
    from django.core.files.base import File
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

# Shown in the browser; everything else is saved. HTML and SVG could act, so never shown.
SHOWN = re.compile(r"application/pdf|text/plain|image/(?!svg)|audio/|video/")
_RANGE = re.compile(r"bytes=(\d*)-(\d*)")


@dataclass(frozen=True)
class Outgoing:
    """A file that its asker may have."""

    file: Any
    filename: str
    etag: str
    public: bool


@require_safe
def document(
    request: "HttpRequest", public_id: str, filename: str
) -> "HttpResponseBase":
    """A document, by its public id; the name in the address is for people."""
    found: Document = get_object_or_404(
        Document.objects.select_related("collection"), public_id=public_id
    )
    if found.filename != filename or not may_fetch(request.user, found):
        raise Http404
    return _send(request, _outgoing(request, found, found.file, found.checksum))


@require_safe
def media(request: "HttpRequest", name: str) -> "HttpResponseBase":
    """A picture, one of its sizes, or a recording, by its path in the storage."""
    found, file, etag = _owner_of(name)
    if not may_fetch(request.user, found):
        raise Http404
    return _send(request, _outgoing(request, found, file, etag))


def _owner_of(name: str) -> tuple[Any, Any, str]:
    """The item that a path belongs to, its file and entity tag; Http404 if to none."""
    rendition = (
        Rendition.objects.select_related("image__collection").filter(file=name).first()
    )
    if rendition:
        etag = f"{rendition.image.checksum[:32]}-{rendition.pk}"
        return rendition.image, rendition.file, etag
    image = Image.objects.select_related("collection").filter(file=name).first()
    if image:
        return image, image.file, image.checksum
    recording = Media.objects.select_related("collection").filter(file=name).first()
    if recording:
        return recording, recording.file, recording.checksum
    still = Media.objects.select_related("collection").filter(thumbnail=name).first()
    if still:
        return still, still.thumbnail, f"{still.checksum[:32]}-still"
    raise Http404


def _outgoing(request: "HttpRequest", item: Any, file: Any, etag: str) -> Outgoing:
    rule = access_of(request.user).restrictions.rule_of_collection(item.collection.path)
    filename = file.name.rpartition("/")[2]
    public = rule == PUBLIC and not isinstance(item, Image)
    return Outgoing(file, filename, f'"{etag}"', public)


def _send(request: "HttpRequest", out: Outgoing) -> "HttpResponseBase":
    if request.headers.get("If-None-Match") == out.etag:
        return HttpResponseNotModified(headers={"ETag": out.etag})
    response = _body(request, out)
    kind = guess_type(out.filename)[0] or "application/octet-stream"
    if not isinstance(response, HttpResponseRedirect):
        response["Content-Type"] = kind
        attached = not SHOWN.match(kind)
        response["Content-Disposition"] = (
            content_disposition_header(attached, out.filename) or "attachment"
        )
        response["ETag"] = out.etag
        response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = (
        "public, max-age=3600" if out.public else "private, max-age=600"
    )
    return response


def _body(request: "HttpRequest", out: Outgoing) -> "HttpResponseBase":
    if settings.FILES_SEND_BY == "x-accel-redirect":
        inside = settings.FILES_INTERNAL_URL + quote(out.file.name)
        return HttpResponse(headers={"X-Accel-Redirect": inside})
    try:
        path = out.file.path
    except NotImplementedError:  # a storage elsewhere: its link is signed
        return HttpResponseRedirect(out.file.url)
    if settings.FILES_SEND_BY == "x-sendfile":
        return HttpResponse(headers={"X-Sendfile": path})
    try:
        opened = out.file.storage.open(out.file.name, "rb")
    except FileNotFoundError as lost:
        raise Http404 from lost
    return _ranged(request, opened, out)


def _ranged(request: "HttpRequest", file: "File", out: Outgoing) -> "HttpResponseBase":
    size = file.size
    asked = _RANGE.fullmatch(request.headers.get("Range", ""))
    if request.headers.get("If-Range", out.etag) != out.etag:
        asked = None
    if not asked or asked.group(0) == "bytes=-":
        return FileResponse(file, headers={"Accept-Ranges": "bytes"})
    first, last = _bounds(asked.group(1), asked.group(2), size)
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
    """The next bytes of an open file, so many and no more; closed with the response."""

    def __init__(self, file: "File", length: int) -> None:
        self.file, self.left = file, length
        self.close = file.close

    def read(self, size: int) -> bytes:
        chunk: bytes = self.file.read(min(size, self.left))
        self.left -= len(chunk)
        return chunk
