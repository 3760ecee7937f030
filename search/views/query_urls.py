"""The address of a question: what was typed and what was ticked, in one order."""

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
    """A filter that is on, and the address without it."""

    label: str
    url: str


def query_url(query: Query) -> str:
    """The address, relative to the search page, of the first page of the question.

    A filter that was typed stands in it as if it had been ticked, so that it can be taken
    away like every other.
    """
    return f"?{urlencode(list(_parameters(query)))}"


def sorted_url(query: Query, sort: Sort) -> str:
    """The address of the same question in another order."""
    return query_url(replace(query, sort=sort))


def active_filters(query: Query, results: "Results") -> list[ActiveFilter]:
    """Every filter that is on, the days last."""
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
