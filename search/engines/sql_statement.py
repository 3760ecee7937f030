"""The single SQL statement that answers a query, for every database.

It finds items by their terms, keeps those with a permitted access rule, prefers items
with every term (items with some fill up where there are few), counts facets, and names
the best passages of one page. A single statement sees a single state of the index.

CTEs: `scored` and `strict` (from the terms), `seen` (permitted items), `kept` (strict
matches and fill), `top` (items to rerank), `found` (their passages), `page`.
"""

from collections.abc import Mapping

from django.utils import timezone

from search.models import FIRST_PLACE, POSITION_BITS
from search.query import Query, Sort

from .base import (
    FRESH_DAYS,
    FRESHNESS_WEIGHT,
    MIN_STRICT_MATCHES,
    PASSAGE_WEIGHT,
    PASSAGES_PER_ITEM,
    RERANKED,
    SUPERSEDED_WEIGHT,
)
from .sql import Sql, joined, within
from .term_lookup import TermSelects


def statement(
    query: Query, rules: frozenset[str], words: TermSelects, *, concat_facets: str
) -> Sql:
    """Return the statement that answers the query.

    Its rows are (what, number, key, name, value, label), told apart by `what`:

    `total` (total, strict) · `items` (mask of failed filters, -, -, -, their facets) ·
    `facet` (key, -, name, value, label) · `hit` (rank, object, source, item) · `best`
    (rank, passage).
    """
    filters = {name: f"passes_{i}" for i, name in enumerate(query.filters)}
    parts = [
        _cte("scored(item, score)", words.scored),
        _cte("strict(item)", words.strict),
        _cte("seen", _seen(query, rules, words, filters)),
        _cte("kept", _kept(query, filters)),
        _cte("top", _top(query, filters)),
        _cte("found(passage, item, score)", words.passages or Sql(_NO_PASSAGES)),
        _cte("page(id, place)", _page(query)),
    ]
    selects = [
        _total(filters),
        _gathered(filters, concat_facets),
        Sql(_FACETS),
        Sql(_HITS),
        Sql(_BEST_PASSAGES),
    ]
    return Sql("WITH") + joined(parts, ", ") + joined(selects, " UNION ALL ")


def _cte(name: str, select: Sql) -> Sql:
    return Sql(f"{name} AS MATERIALIZED (") + select + Sql(")")


_NO_PASSAGES = "SELECT 0, 0, 0.0 WHERE 1 = 0"

_BEST_PASSAGES = f"""
SELECT 'best', place, passage, '', '', '' FROM (
    SELECT f.passage AS passage, ROW_NUMBER() OVER (
        PARTITION BY f.item ORDER BY f.score DESC, f.passage) AS place
    FROM found f JOIN page ON page.id = f.item
    WHERE f.passage - (f.item << {POSITION_BITS}) >= {FIRST_PLACE}) ranked
WHERE place <= {PASSAGES_PER_ITEM}
"""  # noqa: S608  (constants only)

_FACETS = "SELECT 'facet', id, 0, name, value, label FROM search_storedfacet"

_HITS = (
    "SELECT 'hit', page.place, i.object_id, i.source, CAST(i.id AS varchar(20)), '' "
    "FROM page JOIN search_indexeditem i ON i.id = page.id"
)


def _seen(
    query: Query, rules: frozenset[str], words: TermSelects, filters: Mapping[str, str]
) -> Sql:
    passes = [
        Sql(
            "CASE WHEN i.id IN (SELECT f.item_id FROM search_itemfacet f "
            "JOIN search_storedfacet v ON v.id = f.facet_id WHERE v.name = %s AND v.value",
            (name,),
        )
        + within(query.filters[name])
        + Sql(f") THEN 1 ELSE 0 END AS {flag}")
        for name, flag in filters.items()
    ]
    columns = [
        Sql(
            "i.id AS id, i.date AS date, i.facet_ids AS facet_ids, scored.score AS words"
        ),
        _factor(words.age) + Sql("AS factor"),
        Sql(
            "CASE WHEN i.title_key = %s THEN 1 ELSE 0 END AS exact", (query.title_key,)
        ),
        Sql("CASE WHEN i.id IN (SELECT item FROM strict) THEN 1 ELSE 0 END AS strict"),
        *passes,
    ]
    return (
        Sql("SELECT")
        + joined(columns, ", ")
        + Sql("FROM scored JOIN search_indexeditem i ON i.id = scored.item WHERE")
        + joined(_conditions(query, rules, words), " AND ")
    )


def _factor(age: str) -> Sql:
    """Return the score factor for age and for replaced items."""
    today = timezone.localdate()
    fresh = (
        f"CASE WHEN {age} < 0 THEN 1.0 WHEN {age} > {FRESH_DAYS} THEN 0.0 "
        f"ELSE 1.0 - ({age}) / {FRESH_DAYS}.0 END"
    )
    replaced = (
        f"CAST(CASE WHEN i.superseded THEN {SUPERSEDED_WEIGHT} ELSE 1 END AS float)"
    )
    return Sql(
        f"{replaced} * ({1 - FRESHNESS_WEIGHT} + {FRESHNESS_WEIGHT} * COALESCE({fresh}, 1.0))",
        (today, today, today),
    )


def _conditions(query: Query, rules: frozenset[str], words: TermSelects) -> list[Sql]:
    conditions = [Sql("i.rule") + within(rules)]
    if words.required:
        conditions.append(Sql("i.id IN (") + words.required + Sql(")"))
    if words.excluded:
        conditions.append(Sql("i.id NOT IN (") + words.excluded + Sql(")"))
    if query.before:
        conditions.append(Sql("i.date < %s", (query.before,)))
    if query.after:
        conditions.append(Sql("i.date > %s", (query.after,)))
    return conditions


def _kept(query: Query, filters: Mapping[str, str]) -> Sql:
    enough = MIN_STRICT_MATCHES if query.sort is Sort.BEST else 1
    strict = f"SELECT COUNT(*) FROM seen WHERE strict = 1 {_passing(filters)}"  # noqa: S608
    return Sql(
        f"SELECT * FROM seen WHERE strict = 1 OR exact = 1 OR ({strict}) < {enough}"  # noqa: S608
    )


def _passing(filters: Mapping[str, str]) -> str:
    return "".join(f"AND {flag} = 1 " for flag in filters.values())


_ORDER = {
    Sort.BEST: "exact DESC, strict DESC, score DESC, date DESC NULLS LAST, id",
    Sort.NEWEST: "date DESC NULLS LAST, exact DESC, strict DESC, score DESC, id",
}


def _top(query: Query, filters: Mapping[str, str]) -> Sql:
    """Select the top items by whole-item score, whose passages are then scored.

    Includes the requested page; pages beyond the reranked items are selected alone.
    """
    limit, offset = _window(query)
    return Sql(
        "SELECT id, date, exact, strict, words, factor, words * factor AS score "  # noqa: S608
        f"FROM kept WHERE 1 = 1 {_passing(filters)} "
        f"ORDER BY {_ORDER[query.sort]} LIMIT {limit} OFFSET {offset}"
    )


def _window(query: Query) -> tuple[int, int]:
    first = (query.page - 1) * query.per_page
    if query.sort is Sort.BEST and first + query.per_page <= RERANKED:
        return RERANKED, 0
    return query.per_page, first


def _page(query: Query) -> Sql:
    _limit, offset = _window(query)
    order = _ORDER[query.sort]
    return Sql(
        f"SELECT id, ROW_NUMBER() OVER (ORDER BY {order}) AS place FROM ("  # noqa: S608
        "SELECT id, date, exact, strict, "
        f"(words + {PASSAGE_WEIGHT} * COALESCE(best, 0.0)) * factor AS score FROM top "
        "LEFT JOIN (SELECT item, MAX(score) AS best FROM found GROUP BY item) b "
        "ON b.item = top.id) weighed ORDER BY place LIMIT %s OFFSET %s",
        (query.per_page, (query.page - 1) * query.per_page - offset),
    )


def _total(filters: Mapping[str, str]) -> Sql:
    return Sql(
        "SELECT 'total' AS what, COUNT(*) AS number, COALESCE(SUM(strict), 0) AS key, "  # noqa: S608
        "'' AS name, '' AS value, '' AS label "
        f"FROM kept WHERE 1 = 1 {_passing(filters)}"
    )


def _gathered(filters: Mapping[str, str], concat_facets: str) -> Sql:
    """Concatenate the facets of all kept items, grouped by the filters that they fail."""
    failed = " + ".join(
        f"(1 - {flag}) * {1 << number}" for number, flag in enumerate(filters.values())
    )
    return Sql(
        f"SELECT 'items', failed, 0, '', '', {concat_facets} FROM ("  # noqa: S608
        f"SELECT {failed or '0'} AS failed, facet_ids FROM kept) by_filter GROUP BY failed"
    )
