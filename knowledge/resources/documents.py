"""What search may hold of resources."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from files.models import Document
from search.documents import PageDocument, file_type_facet
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
    depends_on = {Document: "document"}

    def keywords(self, page: ResourcePage) -> Iterable[str]:
        return filter(None, (page.source,))

    def facets(self, page: ResourcePage) -> Iterable[FacetValue]:
        return file_type_facet(page.document) if page.document else ()
