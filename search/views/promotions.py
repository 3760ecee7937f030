"""Promoted results in the CMS: Wagtail's views, limited to what the editor may see."""

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.search import SearchForm
from wagtail.admin.modal_workflow import render_modal_workflow
from wagtail.contrib.search_promotions.forms import QueryForm
from wagtail.contrib.search_promotions.models import Query, SearchPromotion
from wagtail.contrib.search_promotions.views.settings import (
    CreateView,
    DeleteView,
    EditView,
    IndexView,
)
from wagtail.models import Page

from people.access import access_of
from search.analysis import fold
from search.models import LONGEST_TERM, SearchTerm

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

# The chooser offers terms searched within this time.
_LATELY = timedelta(days=90)


def _editable_by(user: Any) -> "QuerySet[Query]":
    """Return queries of which the editor may see every promoted page in the CMS."""
    seen = Page.objects.filter(access_of(user).cms_page_q)
    hidden = SearchPromotion.objects.filter(query=OuterRef("pk"), page__isnull=False)
    return Query.objects.exclude(Exists(hidden.exclude(page__in=seen)))


class TermForm(QueryForm):
    """The query, with help texts that describe this search."""

    query_string = forms.CharField(
        label=_("Words that people search for"),
        help_text=_(
            "The whole query, as people type it. Capitals, accents and punctuation do not "
            "matter; a misspelling counts as a different query."
        ),
    )


class PromotionIndexView(IndexView):
    """Queries with promoted results; the report of search terms has their numbers."""

    columns = [column for column in IndexView.columns if column.name != "views"]

    def get_base_queryset(self) -> "QuerySet[Query]":
        queries: QuerySet[Query] = super().get_base_queryset()
        return queries.filter(pk__in=_editable_by(self.request.user))


class PromotionCreateView(CreateView):
    """Add a query with promoted results; the report of search terms passes the query."""

    form_class = TermForm

    def get(self, request: "HttpRequest", *args: Any, **kwargs: Any) -> "HttpResponse":
        """Redirect to the edit view if the query has promoted results already."""
        if there := self._promoted_already():
            return redirect(self.edit_url_name, there.pk)
        answer: HttpResponse = super().get(request, *args, **kwargs)
        return answer

    def _promoted_already(self) -> Query | None:
        promoted = _editable_by(self.request.user).filter(editors_picks__isnull=False)
        known = (each for each in promoted if fold(each.query_string) == self._term)
        return next(known, None) if self._term else None

    def get_initial(self) -> dict[str, Any]:
        return super().get_initial() | {"query_string": self._term}

    @property
    def _term(self) -> str:
        return fold(self.request.GET.get("term", "")[:LONGEST_TERM])


class PromotionEditView(EditView):
    """Edit the promoted results of a query; 404 if one of them is hidden from the editor."""

    form_class = TermForm

    def get_queryset(self) -> "QuerySet[Query]":
        return _editable_by(self.request.user)


class PromotionDeleteView(DeleteView):
    """Delete the promoted results of a query, with the same restriction."""

    def get_queryset(self) -> "QuerySet[Query]":
        return _editable_by(self.request.user)


@dataclass(frozen=True)
class _Row:
    """A query as Wagtail's chooser lists it."""

    id: int
    query_string: str
    hits: int


def choose_term(
    request: "HttpRequest", *, results_only: bool = False
) -> "HttpResponse":
    """List search terms in Wagtail's chooser, to promote a result for one."""
    if not request.user.has_perm("search.view_searchterm"):
        raise PermissionDenied
    form = SearchForm(request.GET)
    typed = form.cleaned_data["q"] if "q" in request.GET and form.is_valid() else ""
    queries = Paginator(_rows(fold(typed)), 10).get_page(request.GET.get("p"))
    if results_only:
        template = "wagtailsearchpromotions/queries/chooser/results.html"
        return TemplateResponse(request, template, {"queries": queries})
    answer: HttpResponse = render_modal_workflow(
        request,
        "wagtailsearchpromotions/queries/chooser/chooser.html",
        None,
        {"queries": queries, "searchform": form},
        json_data={"step": "chooser"},
    )
    return answer


def _rows(typed: str) -> list[_Row]:
    terms = SearchTerm.objects.since(timezone.localdate() - _LATELY).reportable()
    found = terms.filter(term__contains=typed).order_by("-people_days", "term")[:200]
    return [
        _Row(number, row["term"], row["people_days"])
        for number, row in enumerate(found, 1)
    ]
