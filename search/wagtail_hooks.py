"""Search in the CMS: reports, and promoted results limited to visible pages."""

from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import Permission
from django.urls import include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.views.generic import RedirectView
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from .views import index, promotions, terms

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest

_reports = (
    [
        path("search-terms/", terms.SearchTermsView.as_view(), name="terms"),
        path(
            "search-terms/results/",
            terms.SearchTermsView.as_view(results_only=True),
            name="terms_results",
        ),
        path("search-index/", index.search_index, name="index"),
        path("search-index/retry/", index.retry, name="retry"),
    ],
    "search_reports",
)
_redirect_to_search_terms = RedirectView.as_view(
    url=reverse_lazy("search_reports:terms")
)
# Same URLs as Wagtail's own views, whose URL names keep working.
_promotions = [
    path("", promotions.PromotionIndexView.as_view()),
    path("results/", promotions.PromotionIndexView.as_view(results_only=True)),
    path("add/", promotions.PromotionCreateView.as_view()),
    path("<int:query_id>/", promotions.PromotionEditView.as_view()),
    path("<int:query_id>/delete/", promotions.PromotionDeleteView.as_view()),
    path("queries/chooser/", promotions.choose_term),
    path("queries/chooser/results/", promotions.choose_term, {"results_only": True}),
    path("reports/search-terms/", _redirect_to_search_terms),
    path("reports/search-terms/results/", _redirect_to_search_terms),
]


@hooks.register("register_admin_urls", order=-1)
def search_admin_urls() -> list[Any]:
    """Register our views of promoted results before Wagtail's.

    Wagtail's own views show pages of every group.
    """
    return [
        path("reports/", include(_reports)),
        path("searchpicks/", include(_promotions)),
    ]


class _PermissionMenuItem(MenuItem):
    """A menu item shown only to users with a permission."""

    def __init__(self, *args: Any, permission: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.permission = permission

    def is_shown(self, request: "HttpRequest") -> bool:
        return bool(request.user.has_perm(self.permission))


@hooks.register("register_reports_menu_item")
def search_terms_menu_item() -> MenuItem:
    """Add the report of search terms to the menu."""
    return _PermissionMenuItem(
        _("Search terms"),
        reverse_lazy("search_reports:terms"),
        name="what-people-search-for",
        icon_name="search",
        order=1300,
        permission="search.view_searchterm",
    )


@hooks.register("register_reports_menu_item")
def search_index_menu_item() -> MenuItem:
    """Add the report of the index to the menu."""
    return _PermissionMenuItem(
        _("Search index"),
        reverse_lazy("search_reports:index"),
        icon_name="cogs",
        order=1310,
        permission="search.view_indexchange",
    )


@hooks.register("construct_reports_menu")
def hide_wagtail_search_terms(request: "HttpRequest", items: list[MenuItem]) -> None:
    """Remove Wagtail's search terms report, which has no data here."""
    items[:] = [item for item in items if item.name != "search-terms"]


@hooks.register("register_permissions")
def search_permissions() -> "QuerySet[Permission]":
    """Return the permissions that an administrator may grant to a group."""
    return Permission.objects.filter(
        content_type__app_label="search",
        codename__in=["view_searchterm", "view_indexchange", "change_indexchange"],
    )
