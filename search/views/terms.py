"""Report of search terms in the CMS."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import django_filters
from django import forms
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, NumberColumn
from wagtail.admin.views.reports import ReportView
from wagtail.permission_policies import ModelPermissionPolicy

from search.models import FEWEST_PEOPLE, SearchTerm

if TYPE_CHECKING:
    from django.db.models import QuerySet

_PERIODS = {"7": _("7 days"), "30": _("30 days"), "90": _("90 days")}
_PERIOD = "30"
_PROMOTE = "wagtailsearchpromotions.add_searchpromotion"


class TermFilters(WagtailFilterSet):
    """Filters by period and by missing results."""

    days = django_filters.ChoiceFilter(
        label=_("Period"),
        choices=list(_PERIODS.items()),
        method="in_period",
        empty_label=None,
        initial=_PERIOD,
        widget=forms.RadioSelect,
    )
    found = django_filters.ChoiceFilter(
        label=_("Found"),
        choices=[
            ("nothing", _("Nothing, at least once")),
            ("never", _("Nothing, every time")),
        ],
        method="without_results",
        empty_label=_("All"),
        widget=forms.RadioSelect,
    )

    class Meta:
        model = SearchTerm
        fields: list[str] = []

    def in_period(
        self, terms: "QuerySet[SearchTerm]", name: str, value: str
    ) -> "QuerySet[SearchTerm]":
        """Return the terms unchanged; the view sums within the period already."""
        return terms

    def without_results(
        self, terms: "QuerySet[SearchTerm]", name: str, value: str
    ) -> "QuerySet[SearchTerm]":
        """Return terms without results, at least once or every time."""
        if value == "never":
            return terms.filter(without_results=F("people_days"))
        return terms.filter(without_results__gt=0)


class PromoteColumn(Column):
    """Link to promote a result for the term."""

    def get_value(self, instance: dict[str, Any]) -> str:
        address = reverse("wagtailsearchpromotions:add")
        asked = urlencode({"term": instance["term"]})
        words = _now("Promote a result")
        return format_html('<a href="{}?{}">{}</a>', address, asked, words)


class SearchTermsView(ReportView):
    """Search terms, most frequent first; never who searched."""

    page_title = _("Search terms")
    header_icon = "search"
    index_url_name = "search_reports:terms"
    index_results_url_name = "search_reports:terms_results"
    permission_policy = ModelPermissionPolicy(SearchTerm)
    permission_required = "view"
    filterset_class = TermFilters
    is_searchable = True
    search_fields = ("term",)
    default_ordering = ("-people_days", "term")
    verbose_name_plural = _("search terms")
    list_export = ("term", "people_days", "without_results")
    export_headings = {
        "term": _("Words"),
        "people_days": _("People a day, added up"),
        "without_results": _("Found nothing"),
    }
    export_filename = "search-terms"

    @property
    def no_results_message(self) -> str:
        """Why the report may be empty, and what to do."""
        if self.is_searching or self.is_filtering:
            return str(super().no_results_message)
        return _now(
            "No term was searched for by {fewest} people or more. Rarer terms are not shown, "
            "as they could point to one person. Choose a longer period, or come back in a "
            "week."
        ).format(fewest=FEWEST_PEOPLE)

    @property
    def columns(self) -> list[Column]:
        """The term, how many searched for it, without results, and an action."""
        shown = [
            Column("term", label=_("Words"), sort_key="term"),
            NumberColumn(
                "people_days",
                label=_("People a day, added up"),
                sort_key="people_days",
            ),
            NumberColumn(
                "without_results", label=_("Found nothing"), sort_key="without_results"
            ),
        ]
        if self.request.user.has_perm(_PROMOTE):
            shown.append(PromoteColumn("promote", label=_("What to do")))
        return shown

    def get_filterset_kwargs(self) -> dict[str, Any]:
        """Use the default period if none is chosen; this does not count as an active filter."""
        asked = self.request.GET.copy()
        asked.setdefault("days", _PERIOD)
        return super().get_filterset_kwargs() | {"data": asked}

    def get_base_queryset(self) -> Any:
        asked = self.request.GET.get("days", "")
        days = int(asked if asked in _PERIODS else _PERIOD)
        first = timezone.localdate() - timedelta(days=days - 1)
        return SearchTerm.objects.since(first).reportable()
