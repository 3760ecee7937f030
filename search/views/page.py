"""The search page."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_safe

from search.actions import count_search
from search.forms import SearchForm
from search.query import Query, Sort
from search.results import Results

from .asking import is_first_look

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse, QueryDict


@dataclass(frozen=True)
class ActiveFilter:
    """A filter that is on, and the address without it."""

    label: str
    url: str


@require_safe
def search(request: "HttpRequest") -> "HttpResponse":
    """What the person who asks finds; with nothing asked, how to ask."""
    query = SearchForm(request.GET).query()
    results = Results(query, request.user)
    context: dict[str, Any] = {"query": query, "results": results, "sorts": Sort}
    if not query.is_blank:
        context |= _found(request.GET, query, results)
        if is_first_look(request):
            count_search(query=query, found=bool(results.total))
    response = render(request, "search/search.html", context)
    # Answers differ from person to person, and the page is the same address with HTMX.
    response["Cache-Control"] = "private, no-store"
    return response


def _found(address: "QueryDict", query: Query, results: Results) -> dict[str, Any]:
    rows = Paginator(results, query.per_page).get_page(query.page)
    return {
        "rows": rows,
        "active": _active(address, results),
        "address_best": _without(address, sort=None),
        "address_newest": _with(address, sort=Sort.NEWEST.value),
        "kept": [("sort", query.sort.value)] if query.sort is not Sort.BEST else [],
    }


def _active(address: "QueryDict", results: Results) -> list[ActiveFilter]:
    return [
        ActiveFilter(choice.label, _less(address, facet.name, choice.value))
        for facet in results.facets
        for choice in facet.choices
        if choice.chosen
    ]


def _less(address: "QueryDict", name: str, value: str) -> str:
    changed = address.copy()
    changed.setlist(name, [each for each in address.getlist(name) if each != value])
    return _written(changed)


def _without(address: "QueryDict", **names: None) -> str:
    changed = address.copy()
    for name in names:
        changed.pop(name, None)
    return _written(changed)


def _with(address: "QueryDict", **values: str) -> str:
    changed = address.copy()
    for name, value in values.items():
        changed[name] = value
    return _written(changed)


def _written(address: "QueryDict") -> str:
    """An address relative to the search page, beginning with the first page of results."""
    address.pop("page", None)
    return f"?{address.urlencode()}"
