"""Find the file behind a URL and check that the user may fetch it.

A stranger gets 404, as for a file that does not exist.
"""

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from files.access import decide_fetch
from files.models import Document, Image, Media, Rendition

from .delivery import Delivery, deliver

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase


@require_safe
def document(
    request: "HttpRequest", public_id: str, filename: str
) -> "HttpResponseBase":
    """Deliver a document by its public id; the file name in the URL is for people."""
    found: Document = get_object_or_404(
        Document.objects.select_related("collection"), public_id=public_id
    )
    if found.filename != filename:
        raise Http404
    return _deliver_if_allowed(request, found, found.file, found.checksum)


@require_safe
def media(request: "HttpRequest", name: str) -> "HttpResponseBase":
    """Deliver an image, one of its renditions, or a recording by its path in the storage."""
    item, file, version = _find(name)
    return _deliver_if_allowed(request, item, file, version)


def _deliver_if_allowed(
    request: "HttpRequest", item: Any, file: Any, version: str
) -> "HttpResponseBase":
    decision = decide_fetch(request.user, item)
    if not decision.allowed:
        raise Http404
    return deliver(
        request,
        Delivery(
            file=file,
            filename=file.name.rpartition("/")[2],
            etag=f'"{version}"',
            # What a visitor may have, everybody may; a cache asks again each time.
            public=decision.public or not request.user.is_authenticated,
        ),
    )


def _find(name: str) -> tuple[Any, Any, str]:
    """Return the item that a path belongs to, its file and the version of that file.

    The version changes with the content of the file. Raises Http404.
    """
    rendition = (
        Rendition.objects.select_related("image__collection").filter(file=name).first()
    )
    if rendition:
        version = f"{rendition.image.checksum[:32]}-{rendition.pk}"
        return rendition.image, rendition.file, version
    image = Image.objects.select_related("collection").filter(file=name).first()
    if image:
        return image, image.file, image.checksum
    recording = Media.objects.select_related("collection").filter(file=name).first()
    if recording:
        return recording, recording.file, recording.checksum
    with_thumbnail = Media.objects.select_related("collection").filter(thumbnail=name)
    if found := with_thumbnail.first():
        return found, found.thumbnail, f"{found.checksum[:32]}-still"
    raise Http404
