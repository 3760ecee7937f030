"""Choice of a correction that finds something for the user."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.db.models import Exists
from django.db.models.expressions import RawSQL

from search import engines
from search.access import items_seen_by, rules_passed_by
from search.models import IndexedItem, IndexState
from search.query import Query, Sort, expand, parse
from search.topics import synonyms

from .correcting import corrections

if TYPE_CHECKING:
    from django.db.models import QuerySet


def did_you_mean(query: Query, user: Any) -> Query | None:
    """Return the corrected query, or None.

    Some item that the user may see must contain every word of it and pass the filters;
    one query checks all corrections. Meant for queries with few results.
    """
    rules = rules_passed_by(user)
    asked = [_with_text(query, text) for text in corrections(query.text, rules)]
    seen = IndexedItem.objects.filter(items_seen_by(user), rule__in=rules)
    return next(iter(_with_results(asked, seen)), None)


def _with_text(query: Query, text: str) -> Query:
    """Return the query with another text; filters are already resolved."""
    return replace(
        parse(text, per_page=query.per_page),
        filters=query.filters,
        before=query.before,
        after=query.after,
        sort=Sort.BEST,
    )


def _with_results(asked: Sequence[Query], seen: "QuerySet[IndexedItem]") -> list[Query]:
    """Return the queries for which a visible item contains every word."""
    if not asked:
        return []
    proofs = {
        f"finds_{n}": Exists(_matches(each, seen)) for n, each in enumerate(asked)
    }
    found = IndexState.objects.annotate(**proofs).values_list(*proofs).get()
    return [each for each, finds in zip(asked, found, strict=True) if finds]


def _matches(query: Query, seen: "QuerySet[IndexedItem]") -> "QuerySet[IndexedItem]":
    generation = IndexState.served()
    words = engines.embedded().strict_matches(expand(query, synonyms()), generation)
    found = seen.filter(generation=generation, pk__in=RawSQL(words.text, words.params))  # noqa: S611  (parameters are passed separately)
    for name, values in query.filters.items():
        found = found.filter(facets__facet__name=name, facets__facet__value__in=values)
    if query.before:
        found = found.filter(date__lt=query.before)
    if query.after:
        found = found.filter(date__gt=query.after)
    return found
