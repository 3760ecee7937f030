"""Querysets of documents, images and media."""

from typing import TYPE_CHECKING, Any, Self

from wagtail.documents.models import DocumentQuerySet as WagtailDocumentQuerySet
from wagtail.images.models import ImageQuerySet as WagtailImageQuerySet
from wagtailmedia.models import MediaQuerySet as WagtailMediaQuerySet

from people.access import access_of

if TYPE_CHECKING:
    from people.querysets import Viewer


class VisibleMixin(Any if TYPE_CHECKING else object):
    """Adds `visible_to` to a queryset of items in collections."""

    def visible_to(self, user: "Viewer") -> Self:
        """Return items in collections that the user may see, all collections above included.

        Images are also protected by their pages: see `files.access.may_fetch`.
        """
        return self.filter(access_of(user).collection_q)


class DocumentQuerySet(VisibleMixin, WagtailDocumentQuerySet):
    """Documents."""


class ImageQuerySet(VisibleMixin, WagtailImageQuerySet):
    """Images."""


class MediaQuerySet(VisibleMixin, WagtailMediaQuerySet):
    """Audio and video."""
