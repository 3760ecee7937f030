"""The index page of the library: guides, statements and resources in one list."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from pages.models import ListingPage


class LibraryIndex(ListingPage):
    """The Library door, or an index page below it for a part of the library."""

    door = "library"
    listed_kinds = ("guide", "statement", "resource")
    template = "knowledge/library/library_index.html"
    subpage_types: ClassVar[list[str]] = [
        "knowledge_library.LibraryIndex",
        "knowledge_resources.ResourcePage",
        "knowledge_guides.GuidePage",
        "knowledge_statements.StatementPage",
    ]

    class Meta:
        verbose_name = _("library index")
        verbose_name_plural = _("library indexes")
