"""The search page."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_safe

from search import registry
from search.actions import count_search
from search.forms import SearchForm
from search.query import Query, Sort
from search.results import Results
from search.spelling import did_you_mean
from search.topics import nearest_topics

from .counted_requests import is_countable_search, person_of
from .query_urls import active_filters, query_url, sorted_url

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


#: With fewer results than this, corrections are tried.
PLENTY = 3


@dataclass(frozen=True)
class Correction:
    """A corrected query and its URL."""

    text: str
    url: str


@require_safe
def search(request: "HttpRequest") -> "HttpResponse":
    """Show the results of the user's query, or how to search if it is empty."""
    query = SearchForm(request.GET).query(request.user)
    results = Results(query, request.user)
    context: dict[str, Any] = {"query": query, "results": results, "sorts": Sort}
    if not query.is_blank:
        context |= _found(query, results)
        if is_countable_search(request):
            found = bool(results.total)
            count_search(query=query, found=found, person=person_of(request))
    response = render(request, "search/search.html", context)
    # Results differ by user, and HTMX uses the same URL.
    response["Cache-Control"] = "private, no-store"
    return response


def _found(query: Query, results: Results) -> dict[str, Any]:
    rows = Paginator(results, query.per_page).get_page(query.page)
    promoted = results.promoted
    above = [each.hit for each in promoted]
    context: dict[str, Any] = {
        "rows": rows,
        "promoted": promoted,
        "hits": [hit for hit in rows if hit not in above],
        "active": active_filters(query, results),
        "best_url": sorted_url(query, Sort.BEST),
        "newest_url": sorted_url(query, Sort.NEWEST),
    }
    if query.page == 1 and not (results.has_all_words and results.total >= PLENTY):
        context["correction"] = _correction(query, results)
    if not results.total:
        context["topics"] = nearest_topics(query.words, results.topics)
    if not (results.total or context.get("correction")):
        context["next_steps"] = registry.next_steps(results.user)
    return context


def _correction(query: Query, results: Results) -> Correction | None:
    """Return a correction of the query that finds something for the user."""
    found = did_you_mean(query, results.user)
    if found is None:
        return None
    return Correction(
        found.text,
        query_url(replace(query, text_without_filters=found.text_without_filters)),
    )
