"""What search may hold of resources."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from files.models import Document
from search.documents import PageDocument, type_of
from search.registry import FacetValue

from .models import ResourcePage


class ResourceDocument(PageDocument[ResourcePage]):
    """A resource: its text, and who published it.

    The text of its document belongs to the document, which has an access rule of its own.
    """

    model = ResourcePage
    kind = "resource"
    kind_label = _("Resources")
    relations = ("document",)
    draws_from = {Document: "document"}

    def keywords(self, page: ResourcePage) -> Iterable[str]:
        return filter(None, (page.source,))

    def facets(self, page: ResourcePage) -> Iterable[FacetValue]:
        return type_of(page.document) if page.document else ()
