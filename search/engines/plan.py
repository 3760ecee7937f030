"""One question as one SQL statement, the same for every database.

The statement finds passages, collapses them to items, keeps those that the person may see,
prefers items that have every word (items that have some fill up where there are few),
counts the facets, and names the best passages of one page. It is one statement, so that
its parts see the same state of the index.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from django.utils import timezone

from search.models import POSITION_BITS
from search.query import Clause, Query, Sort, Term

from .base import FILL, FRESH_DAYS, FRESHNESS, PASSAGES_PER_ITEM, SUPERSEDED
from .sql import Sql, joined, within

POSITION = (1 << POSITION_BITS) - 1


def every_item(generation: int) -> Sql:
    """What is found where no word was asked: every item, by its card."""
    return Sql(
        f"SELECT id << {POSITION_BITS} AS passage, id AS item, 0.0 AS score "  # noqa: S608
        f"FROM search_indexeditem WHERE generation = {int(generation)}"
    )


class Lookup(Protocol):
    """How a database looks terms up in a generation."""

    #: Days between a parameter and `i.date`.
    age: str

    def scored(self, terms: Sequence[Term], generation: int) -> Sql:
        """SELECT (passage, item, score) of passages with any of the terms; higher is better."""
        ...

    def items(self, terms: Sequence[Term], generation: int) -> Sql:
        """SELECT (item), repeated or not, of items with any of the terms in a passage."""
        ...


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a question, looked up; each is a SELECT."""

    #: (passage, item, score), higher is better.
    scored: Sql
    #: (item) that have every word.
    strict: Sql
    #: (item) that have what may not be lacking.
    required: Sql | None
    #: (item) that have a word that is not wanted.
    excluded: Sql | None
    #: Days between a parameter and `i.date`.
    age: str


def words_of(query: Query, lookup: Lookup, generation: int) -> Words:
    """Where the words of the question stand in a generation."""

    def items(terms: Sequence[Term]) -> Sql:
        return lookup.items(terms, generation)

    required = [_clause(each, items) for each in query.required]
    strict = [_clause(each, items) for each in query.clauses]
    return Words(
        scored=lookup.scored(query.terms, generation)
        if strict
        else every_item(generation),
        strict=_all(strict) if strict else Sql("SELECT item FROM scored"),
        required=_all(required) if required else None,
        excluded=items(query.excluded) if query.excluded else None,
        age=lookup.age,
    )


def _clause(clause: Clause, items: Callable[[Sequence[Term]], Sql]) -> Sql:
    """Items with all terms of a reading, wherever in the item each of them stands."""
    alone = [reading[0] for reading in clause.readings if len(reading) == 1]
    several = [reading for reading in clause.readings if len(reading) > 1]
    ways = [items(alone)] if alone else []
    ways += [_all([items((term,)) for term in reading]) for reading in several]
    return joined(ways, " UNION ALL ")


def _all(selects: list[Sql]) -> Sql:
    """Items that every SELECT names."""
    return joined(
        [Sql("SELECT item FROM (") + each + Sql(") each_way") for each in selects],
        " INTERSECT ",
    )


def statement(query: Query, rules: frozenset[str], words: Words) -> Sql:
    """Rows of (what, number, key, name, value, label), told apart by `what`:

    `total` (total, strict) · `facet` (count, -, name, value, label) ·
    `hit` (place, object, source, item) · `best` (rank, passage).
    """
    filters = {name: f"passes_{i}" for i, name in enumerate(query.filters)}
    parts = [
        _cte("scored(passage, item, score)", words.scored),
        _cte("strict(item)", words.strict),
        _cte("best(item, score)", Sql(_BEST)),
        _cte("seen", _seen(query, rules, words, filters)),
        _cte("kept", _kept(query, filters)),
        _cte("page(id, place)", _page(query, filters)),
    ]
    selects = [_total(filters), _facets(filters), Sql(_HITS), Sql(_BEST_PASSAGES)]
    return Sql("WITH") + joined(parts, ", ") + joined(selects, " UNION ALL ")


def _cte(name: str, select: Sql) -> Sql:
    return Sql(f"{name} AS MATERIALIZED (") + select + Sql(")")


# An item's score: its card (title, keywords, summary) and its best passage, added.
_BEST = f"""
SELECT item,
    COALESCE(MAX(CASE WHEN (passage & {POSITION}) = 0 THEN score END), 0)
    + COALESCE(MAX(CASE WHEN (passage & {POSITION}) > 0 THEN score END), 0)
FROM scored GROUP BY item
"""  # noqa: S608  (constants of ours)

_BEST_PASSAGES = f"""
SELECT 'best', place, passage, '', '', '' FROM (
    SELECT s.passage AS passage, ROW_NUMBER() OVER (
        PARTITION BY s.item ORDER BY s.score DESC, s.passage) AS place
    FROM scored s JOIN page ON page.id = s.item
    WHERE (s.passage & {POSITION}) > 0) ranked
WHERE place <= {PASSAGES_PER_ITEM}
"""  # noqa: S608  (constants of ours)

_HITS = (
    "SELECT 'hit', page.place, i.object_id, i.source, CAST(i.id AS varchar(20)), '' "
    "FROM page JOIN search_indexeditem i ON i.id = page.id"
)


def _seen(
    query: Query, rules: frozenset[str], words: Words, filters: Mapping[str, str]
) -> Sql:
    passes = [
        Sql(
            "CASE WHEN i.id IN (SELECT item_id FROM search_itemfacet "
            "WHERE name = %s AND value",
            (name,),
        )
        + within(query.filters[name])
        + Sql(f") THEN 1 ELSE 0 END AS {flag}")
        for name, flag in filters.items()
    ]
    columns = [
        Sql("i.id AS id, i.date AS date"),
        _score(words.age) + Sql("AS score"),
        Sql(
            "CASE WHEN i.title_key = %s THEN 1 ELSE 0 END AS exact", (query.title_key,)
        ),
        Sql("CASE WHEN i.id IN (SELECT item FROM strict) THEN 1 ELSE 0 END AS strict"),
        *passes,
    ]
    return (
        Sql("SELECT")
        + joined(columns, ", ")
        + Sql("FROM best JOIN search_indexeditem i ON i.id = best.item WHERE")
        + joined(_conditions(query, rules, words), " AND ")
    )


def _score(age: str) -> Sql:
    """The words' score; less for what is old, half for what was replaced."""
    today = timezone.localdate()
    fresh = (
        f"CASE WHEN {age} < 0 THEN 1.0 WHEN {age} > {FRESH_DAYS} THEN 0.0 "
        f"ELSE 1.0 - ({age}) / {FRESH_DAYS}.0 END"
    )
    replaced = f"CASE WHEN i.superseded THEN {SUPERSEDED} ELSE 1.0 END"
    return Sql(
        f"best.score * {replaced} * ({1 - FRESHNESS} + {FRESHNESS} * COALESCE({fresh}, 1.0))",
        (today, today, today),
    )


def _conditions(query: Query, rules: frozenset[str], words: Words) -> list[Sql]:
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
    enough = FILL if query.sort is Sort.BEST else 1
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


def _page(query: Query, filters: Mapping[str, str]) -> Sql:
    order = _ORDER[query.sort]
    return Sql(
        f"SELECT id, ROW_NUMBER() OVER (ORDER BY {order}) AS place FROM kept "  # noqa: S608
        f"WHERE 1 = 1 {_passing(filters)} ORDER BY place LIMIT %s OFFSET %s",
        (query.per_page, (query.page - 1) * query.per_page),
    )


def _total(filters: Mapping[str, str]) -> Sql:
    return Sql(
        "SELECT 'total' AS what, COUNT(*) AS number, COALESCE(SUM(strict), 0) AS key, "  # noqa: S608
        "'' AS name, '' AS value, '' AS label "
        f"FROM kept WHERE 1 = 1 {_passing(filters)}"
    )


def _facets(filters: Mapping[str, str]) -> Sql:
    others = "".join(f"AND (f.name = %s OR {flag} = 1) " for flag in filters.values())
    return Sql(
        "SELECT 'facet', COUNT(*), 0, f.name, f.value, MAX(f.label) "  # noqa: S608
        "FROM kept JOIN search_itemfacet f ON f.item_id = kept.id "
        f"WHERE 1 = 1 {others}GROUP BY f.name, f.value",
        tuple(filters),
    )
