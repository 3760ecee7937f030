"""What the lists and choosers of the CMS show: only what the editor may see."""

from typing import TYPE_CHECKING, Any

from wagtail import hooks

from people.access import access_of

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest
    from wagtail.models import Page


@hooks.register("construct_page_chooser_queryset")
def open_pages_to_choose(
    pages: "QuerySet[Page]", request: "HttpRequest"
) -> "QuerySet[Page]":
    """Wagtail's chooser shows the title of every page, drafts included, to every editor."""
    return pages.filter(access_of(request.user).edit_q)


@hooks.register("construct_explorer_page_queryset")
def open_pages_to_explore(
    parent_page: "Page", pages: "QuerySet[Page]", request: "HttpRequest"
) -> "QuerySet[Page]":
    """The explorer, and the menu that opens below it."""
    return pages.filter(access_of(request.user).edit_q)


def open_files(files: "QuerySet[Any]", request: "HttpRequest") -> "QuerySet[Any]":
    """Choosers of documents, pictures and recordings."""
    return files.filter(access_of(request.user).edit_collection_q)


for _kind in ("document", "image", "media"):
    hooks.register(f"construct_{_kind}_chooser_queryset", open_files)
