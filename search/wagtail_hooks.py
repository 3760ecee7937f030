"""Search in the CMS: its reports, and promoted results narrowed to what may be seen."""

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
        path("search-index/again/", index.again, name="again"),
    ],
    "search_reports",
)
_to_ours = RedirectView.as_view(url=reverse_lazy("search_reports:terms"))
# At the addresses of Wagtail's own, whose names go on leading here.
_promotions = [
    path("", promotions.PromotionIndexView.as_view()),
    path("results/", promotions.PromotionIndexView.as_view(results_only=True)),
    path("add/", promotions.PromotionCreateView.as_view()),
    path("<int:query_id>/", promotions.PromotionEditView.as_view()),
    path("<int:query_id>/delete/", promotions.PromotionDeleteView.as_view()),
    path("queries/chooser/", promotions.choose_term),
    path("queries/chooser/results/", promotions.choose_term, {"results_only": True}),
    path("reports/search-terms/", _to_ours),
    path("reports/search-terms/results/", _to_ours),
]


@hooks.register("register_admin_urls", order=-1)
def search_in_the_cms() -> list[Any]:
    """Before Wagtail's own views of promoted results, which name pages of every group."""
    return [
        path("reports/", include(_reports)),
        path("searchpicks/", include(_promotions)),
    ]


class _ForThose(MenuItem):
    """Shown to those who have a permission."""

    def __init__(self, *args: Any, permission: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.permission = permission

    def is_shown(self, request: "HttpRequest") -> bool:
        return bool(request.user.has_perm(self.permission))


@hooks.register("register_reports_menu_item")
def report_of_terms() -> MenuItem:
    """What people search for."""
    return _ForThose(
        _("Search terms"),
        reverse_lazy("search_reports:terms"),
        name="what-people-search-for",
        icon_name="search",
        order=1300,
        permission="search.view_searchterm",
    )


@hooks.register("register_reports_menu_item")
def report_of_the_index() -> MenuItem:
    """How search is."""
    return _ForThose(
        _("Search index"),
        reverse_lazy("search_reports:index"),
        icon_name="cogs",
        order=1310,
        permission="search.view_indexchange",
    )


@hooks.register("construct_reports_menu")
def one_report_of_terms(request: "HttpRequest", items: list[MenuItem]) -> None:
    """Wagtail's own counts nothing here."""
    items[:] = [item for item in items if item.name != "search-terms"]


@hooks.register("register_permissions")
def permissions() -> "QuerySet[Permission]":
    """What an administrator may give to a group."""
    return Permission.objects.filter(
        content_type__app_label="search",
        codename__in=["view_searchterm", "view_indexchange", "change_indexchange"],
    )
