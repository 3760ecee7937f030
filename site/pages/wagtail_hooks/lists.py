"""Lists and choosers of the CMS show only what the editor may see."""

from typing import TYPE_CHECKING, Any

from wagtail import hooks
from wagtail.admin.api.views import PagesAdminAPIViewSet

from people.access import access_of

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest
    from wagtail.admin.menu import MenuItem
    from wagtail.api.v2.router import WagtailAPIRouter
    from wagtail.models import Page


@hooks.register("construct_page_chooser_queryset")
def filter_page_chooser(
    pages: "QuerySet[Page]", request: "HttpRequest"
) -> "QuerySet[Page]":
    """Filter the page chooser, which would show every page, drafts included."""
    return pages.filter(access_of(request.user).cms_page_q)


@hooks.register("construct_explorer_page_queryset")
def filter_explorer(
    parent_page: "Page", pages: "QuerySet[Page]", request: "HttpRequest"
) -> "QuerySet[Page]":
    """Filter the explorer and its menu."""
    return pages.filter(access_of(request.user).cms_page_q)


def filter_file_chooser(
    files: "QuerySet[Any]", request: "HttpRequest"
) -> "QuerySet[Any]":
    """Filter the choosers of documents, images and media."""
    return files.filter(access_of(request.user).cms_file_q)


class VisiblePagesAPI(PagesAdminAPIViewSet):
    """The API of pages for the CMS's own scripts, filtered."""

    def get_base_queryset(self) -> "QuerySet[Page]":
        pages: QuerySet[Page] = super().get_base_queryset()
        return pages.filter(access_of(self.request.user).cms_page_q)


@hooks.register("construct_admin_api")
def register_pages_api(api: "WagtailAPIRouter") -> None:
    """Replace the API of pages by the filtered one."""
    api.register_endpoint("pages", VisiblePagesAPI)


@hooks.register("construct_reports_menu")
def remove_page_types_report(request: "HttpRequest", items: "list[MenuItem]") -> None:
    """Remove the report that names the last edited page to everybody; its URL is 404."""
    items[:] = [item for item in items if item.name != "page-types-usage"]


for _kind in ("document", "image", "media"):
    hooks.register(f"construct_{_kind}_chooser_queryset", filter_file_chooser)
