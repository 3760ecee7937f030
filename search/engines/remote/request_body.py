"""A query in the engine's query language, equivalent to the SQL statement.

Terms are looked up in the whole item; nested passages refine the score and locate the
terms. An exact title and strict matches add more to the score than any terms can.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from elasticsearch.dsl import Search, aggs
from elasticsearch.dsl import query as q

from search.engines.base import (
    FRESH_DAYS,
    FRESHNESS_WEIGHT,
    RERANKED,
    SUPERSEDED_WEIGHT,
    ItemKey,
)
from search.query import Query, Sort

from .clauses import best_passage, items_with, items_with_term, places, whole
from .documents import TAB

#: Deepest result that can be paged to; pages beyond are empty with correct counts.
WINDOW = 10_000
#: Name of the aggregation shared by all facets without a filter.
COUNTS = "facets"
#: Upper bound of facet values.
_MOST_VALUES = 5_000
#: Boosts of strict matches and exact titles. Scores of terms stay near a hundred, even
#: with sixteen terms.
_ALL_WORDS, _EXACT_TITLE = 1_000, 2_000

_ORDER: Mapping[Sort, Sequence[Any]] = {
    Sort.BEST: ("_score", {"date": {"order": "desc", "missing": "_last"}}),
    Sort.NEWEST: ({"date": {"order": "desc", "missing": "_last"}}, "_score"),
}


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """A query with access rules, hidden items and the current day."""

    query: Query
    rules: frozenset[str]
    hidden: frozenset[ItemKey]
    today: dt.date


def document_id(key: ItemKey) -> str:
    """Return the document id of an item."""
    return f"{key.source}-{key.object_id}"


def search_body(request: SearchRequest, *, loose: bool) -> dict[str, Any]:
    """Return the request body for strict matches, or, if `loose`, for any of the terms."""
    query = request.query
    search = (
        Search()
        .query(_matching(request, loose=loose))
        .extra(**_window(query), track_total_hits=True)
        .source(False)
    )
    if _is_rescored(query):
        search = search.extra(rescore=_rescore(request))
    else:
        search = search.sort(*_ORDER[query.sort], "source", "object_id")
    if query.filters:
        search = search.post_filter(_passing_filters(query.filters))
    _add_facet_counts(search, query.filters)
    sent: dict[str, Any] = search.to_dict()
    return sent


def _window(query: Query) -> dict[str, int]:
    first = (query.page - 1) * query.per_page
    if first + query.per_page > WINDOW:
        return {"size": 0}
    return {"from_": first, "size": query.per_page}


def _matching(request: SearchRequest, *, loose: bool) -> q.Query:
    query = request.query
    conditions: list[q.Query] = [q.Terms(rule=sorted(request.rules)), *_dates(query)]
    conditions += map(items_with, query.required)
    if not query.clauses:
        return q.Bool(filter=conditions, must_not=_excluded(request))
    every_word = q.Bool(filter=list(map(items_with, query.clauses)))
    exact_title = q.Term(title_key=query.title_key)
    if not loose:
        conditions.append(every_word | exact_title)
    return q.Bool(
        filter=[*conditions, places(query.terms)],
        must_not=_excluded(request),
        must=[_with_freshness(whole(query.terms), request.today)],
        should=[
            q.ConstantScore(filter=every_word, boost=_ALL_WORDS),
            q.ConstantScore(filter=exact_title, boost=_EXACT_TITLE),
        ],
    )


def _is_rescored(query: Query) -> bool:
    """Return whether the engine reranks: only by score, and only on early pages."""
    last = query.page * query.per_page
    return bool(query.clauses) and query.sort is Sort.BEST and last <= RERANKED


def _rescore(request: SearchRequest) -> dict[str, Any]:
    """Rerank the top items by their best passage."""
    passage = _with_freshness(best_passage(request.query.terms), request.today)
    return {"window_size": RERANKED, "query": {"rescore_query": passage.to_dict()}}


def _dates(query: Query) -> Iterator[q.Query]:
    if query.before:
        yield q.Range(date={"lt": query.before.isoformat()})
    if query.after:
        yield q.Range(date={"gt": query.after.isoformat()})


def _excluded(request: SearchRequest) -> list[q.Query]:
    excluded = [items_with_term(term) for term in request.query.excluded]
    keys = sorted(map(document_id, request.hidden))
    return [*excluded, q.Ids(values=keys)] if keys else excluded


def _with_freshness(words: q.Query, today: dt.date) -> q.Query:
    """Reduce the score of old items and halve it for replaced ones.

    Items without a date or with a future date count as new.
    """
    past = q.Range(date={"lte": today.isoformat()})
    # The decay reaches 0.5 at `scale`, hence half of the span.
    fade = {"origin": today.isoformat(), "scale": f"{FRESH_DAYS // 2}d", "decay": 0.5}
    stem_weights: list[Any] = [
        {"weight": 1 - FRESHNESS_WEIGHT},
        {
            "filter": past.to_dict(),
            "linear": {"date": fade},
            "weight": FRESHNESS_WEIGHT,
        },
        {"filter": (~past).to_dict(), "weight": FRESHNESS_WEIGHT},
    ]
    fresh = q.FunctionScore(
        query=words, functions=stem_weights, score_mode="sum", boost_mode="multiply"
    )
    replaced = q.Term(superseded=True)
    return q.Boosting(
        positive=fresh, negative=replaced, negative_boost=SUPERSEDED_WEIGHT
    )


def _passing_filters(filters: Mapping[str, Sequence[str]]) -> q.Query:
    return q.Bool(
        filter=[
            q.Terms(filters=[f"{name}{TAB}{value}" for value in values])
            for name, values in filters.items()
        ]
    )


def _add_facet_counts(search: Search, filters: Mapping[str, Sequence[str]]) -> None:
    """Count each facet among the items that pass all filters but its own."""
    for own in ("", *filters):
        others = {name: values for name, values in filters.items() if name != own}
        within = search.aggs.bucket(
            own or COUNTS, aggs.Filter(filter=_passing_filters(others))
        )
        only: dict[str, Any] = {"include": f"{own}{TAB}.*"} if own else {}
        within.bucket("values", aggs.Terms(field="facets", size=_MOST_VALUES, **only))
