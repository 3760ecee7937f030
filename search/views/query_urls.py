"""URLs of queries, with parameters in a fixed order."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from search.facets import FACETS
from search.query import Query, Sort

if TYPE_CHECKING:
    from collections.abc import Iterator

    from search.results import Results


@dataclass(frozen=True)
class ActiveFilter:
    """An active filter and the URL without it."""

    label: str
    url: str


def query_url(query: Query) -> str:
    """Return the relative URL of the first page of a query.

    A typed filter becomes a parameter like a selected one, so that it can be removed.
    """
    return f"?{urlencode(list(_parameters(query)))}"


def sorted_url(query: Query, sort: Sort) -> str:
    """Return the URL of the query in another order."""
    return query_url(replace(query, sort=sort))


def active_filters(query: Query, results: "Results") -> list[ActiveFilter]:
    """Return all active filters, dates last."""
    chosen = [
        (facet.name, choice)
        for facet in results.facets
        for choice in facet.choices
        if choice.chosen
    ]
    return [
        *(
            ActiveFilter(c.label, _url_without(query, name, c.value))
            for name, c in chosen
        ),
        *_active_days(query),
    ]


def _active_days(query: Query) -> "Iterator[ActiveFilter]":
    if query.after:
        label = _("After {day}").format(day=date_format(query.after, "j F Y"))
        yield ActiveFilter(label, query_url(replace(query, after=None)))
    if query.before:
        label = _("Before {day}").format(day=date_format(query.before, "j F Y"))
        yield ActiveFilter(label, query_url(replace(query, before=None)))


def _parameters(query: Query) -> "Iterator[tuple[str, Any]]":
    if query.text_without_filters:
        yield "q", query.text_without_filters
    for name in FACETS:
        yield from ((name, value) for value in query.filters.get(name, ()))
    if query.after:
        yield "after", query.after
    if query.before:
        yield "before", query.before
    if query.sort is not Sort.BEST:
        yield "sort", query.sort.value


def _url_without(query: Query, name: str, value: str) -> str:
    rest = tuple(each for each in query.filters[name] if each != value)
    return query_url(replace(query, filters={**query.filters, name: rest}))
