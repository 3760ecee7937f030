"""Reads of files: what a person may fetch."""

from typing import TYPE_CHECKING, Any, Self

from wagtail.documents.models import DocumentQuerySet as WagtailDocumentQuerySet
from wagtail.images.models import ImageQuerySet as WagtailImageQuerySet
from wagtailmedia.models import MediaQuerySet as WagtailMediaQuerySet

from people.access import access_of

if TYPE_CHECKING:
    from people.querysets import Viewer


class VisibleMixin(Any if TYPE_CHECKING else object):
    """Items of collections."""

    def visible_to(self, user: "Viewer") -> Self:
        """Items whose collection, and every collection above it, lets the person pass."""
        return self.filter(access_of(user).collection_q)


class DocumentQuerySet(VisibleMixin, WagtailDocumentQuerySet):
    """Documents."""


class ImageQuerySet(VisibleMixin, WagtailImageQuerySet):
    """Images."""


class MediaQuerySet(VisibleMixin, WagtailMediaQuerySet):
    """Audio and video."""
