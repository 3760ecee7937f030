"""What the lists and choosers of the CMS show: only what the editor may see."""

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
def open_pages_to_choose(
    pages: "QuerySet[Page]", request: "HttpRequest"
) -> "QuerySet[Page]":
    """Wagtail's chooser shows the title of every page, drafts included, to every editor."""
    return pages.filter(access_of(request.user).cms_page_q)


@hooks.register("construct_explorer_page_queryset")
def open_pages_to_explore(
    parent_page: "Page", pages: "QuerySet[Page]", request: "HttpRequest"
) -> "QuerySet[Page]":
    """The explorer, and the menu that opens below it."""
    return pages.filter(access_of(request.user).cms_page_q)


def open_files(files: "QuerySet[Any]", request: "HttpRequest") -> "QuerySet[Any]":
    """Choosers of documents, pictures and recordings."""
    return files.filter(access_of(request.user).cms_file_q)


class OpenPagesAPI(PagesAdminAPIViewSet):
    """Pages as the CMS's own scripts ask for them."""

    def get_base_queryset(self) -> "QuerySet[Page]":
        pages: QuerySet[Page] = super().get_base_queryset()
        return pages.filter(access_of(self.request.user).cms_page_q)


@hooks.register("construct_admin_api")
def open_pages_in_the_api(api: "WagtailAPIRouter") -> None:
    """The CMS's scripts learn of no page that the editor may not see."""
    api.register_endpoint("pages", OpenPagesAPI)


@hooks.register("construct_reports_menu")
def no_report_of_page_types(request: "HttpRequest", items: "list[MenuItem]") -> None:
    """It names the page that was edited last, to everybody; its address is shut too."""
    items[:] = [item for item in items if item.name != "page-types-usage"]


for _kind in ("document", "image", "media"):
    hooks.register(f"construct_{_kind}_chooser_queryset", open_files)
