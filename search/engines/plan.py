"""One question as one SQL statement, the same for every database.

The statement finds passages, collapses them to items, keeps those that the person may see,
prefers items that have every word (items that have some fill up where there are few),
counts the facets, and marks the words in the passages of one page. It is one statement, so
that its parts see the same state of the index.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from search.models import POSITION_BITS
from search.query import Query, Sort

#: With fewer items than this that have every word, items that have some are shown too.
FILL = 10
#: More than are shown, as several passages may lie in the same place.
PASSAGES_PER_ITEM = 8
POSITION = (1 << POSITION_BITS) - 1


@dataclass(frozen=True, slots=True)
class Sql:
    """A piece of a statement with its parameters."""

    text: str
    params: tuple[Any, ...] = ()

    def __add__(self, other: "Sql") -> "Sql":
        return Sql(f"{self.text} {other.text}", (*self.params, *other.params))


def joined(parts: "list[Sql]", between: str) -> Sql:
    """The pieces with a word between them."""
    return Sql(
        between.join(part.text for part in parts),
        tuple(param for part in parts for param in part.params),
    )


def within(values: "frozenset[str] | tuple[str, ...]") -> Sql:
    """`IN (…)` with a parameter for each value; true for none where there is no value."""
    if not values:
        return Sql("IN (NULL)")
    return Sql(f"IN ({', '.join(['%s'] * len(values))})", tuple(sorted(values)))


EVERY_ITEM = Sql(
    f"SELECT id << {POSITION_BITS} AS passage, id AS item, 0.0 AS score "  # noqa: S608
    "FROM search_indexeditem"
)


@dataclass(frozen=True, slots=True)
class Words:
    """How a database finds words; each is a SELECT."""

    #: (passage, item, score), higher is better.
    scored: Sql
    #: (item) that have every word.
    strict: Sql
    #: (item) that have a word that is not wanted.
    excluded: Sql | None
    #: (passage, heading, text), marked, of the passages in the CTE `wanted`.
    snippets: Sql | None


def statement(query: Query, rules: frozenset[str], words: Words) -> Sql:
    """Rows of (what, number, key, name, value, label, text, rank), told apart by `what`:

    `total` (total, strict) · `facet` (count, -, name, value, label) · `hit` (place, item) ·
    `snippet` (number, passage, place, anchor, heading, text, rank among the item's).
    """
    filters = {name: f"passes_{i}" for i, name in enumerate(query.filters)}
    parts = [
        _cte("scored(passage, item, score)", words.scored),
        _cte("strict(item)", words.strict),
        _cte("best(item, score)", Sql(_BEST)),
        _cte("seen", _seen(query, rules, words, filters)),
        _cte("kept", _kept(query, filters)),
        _cte("page(id, place)", _page(query, filters)),
        _cte("wanted(passage, place)", Sql(_WANTED)),
    ]
    selects = [_total(filters), _facets(filters), Sql(_HITS)]
    if words.snippets:
        selects.append(
            Sql(
                "SELECT 'snippet', p.number, p.id, p.place, p.anchor, s.heading, s.text, "
                "wanted.place"
            )
            + Sql("FROM (")
            + words.snippets
            + Sql(
                ") s JOIN search_passage p ON p.id = s.passage "
                "JOIN wanted ON wanted.passage = s.passage"
            )
        )
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

# The best passages of each item of the page, and its card as number 0.
_WANTED = f"""
SELECT passage, place FROM (
    SELECT s.passage AS passage, ROW_NUMBER() OVER (
        PARTITION BY s.item ORDER BY s.score DESC, s.passage) AS place
    FROM scored s JOIN page ON page.id = s.item
    WHERE (s.passage & {POSITION}) > 0) ranked
WHERE place <= {PASSAGES_PER_ITEM}
UNION ALL SELECT id << {POSITION_BITS}, 0 FROM page
"""  # noqa: S608  (constants of ours)

_HITS = "SELECT 'hit', place, id, '', '', '', '', 0 FROM page"


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
        Sql("i.id AS id, i.date AS date, best.score AS score"),
        Sql(
            "CASE WHEN i.title_key = %s THEN 1 ELSE 0 END AS exact", (query.title_key,)
        ),
        Sql("CASE WHEN i.id IN (SELECT item FROM strict) THEN 1 ELSE 0 END AS strict"),
        *passes,
    ]
    select = (
        Sql("SELECT")
        + joined(columns, ", ")
        + Sql("FROM best JOIN search_indexeditem i ON i.id = best.item WHERE i.rule")
        + within(rules)
    )
    if words.excluded:
        select = select + Sql("AND i.id NOT IN (") + words.excluded + Sql(")")
    return select


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
        "'' AS name, '' AS value, '' AS label, '' AS text, 0 AS place "
        f"FROM kept WHERE 1 = 1 {_passing(filters)}"
    )


def _facets(filters: Mapping[str, str]) -> Sql:
    others = "".join(f"AND (f.name = %s OR {flag} = 1) " for flag in filters.values())
    return Sql(
        "SELECT 'facet', COUNT(*), 0, f.name, f.value, MAX(f.label), '', 0 "  # noqa: S608
        "FROM kept JOIN search_itemfacet f ON f.item_id = kept.id "
        f"WHERE 1 = 1 {others}GROUP BY f.name, f.value",
        tuple(filters),
    )
