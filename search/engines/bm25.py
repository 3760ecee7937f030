"""BM25 in SQL over a table of postings (see `postings`).

Follows Robertson and Zaragoza (2009) with the inverse document frequency of FTS5. It
never drops below a millionth, so a term in every item still ranks items that contain
it.
"""

from collections.abc import Mapping, Sequence

from search.models import POSITION_BITS
from search.query import Term, stem_weights

from . import surface_forms
from .base import K1, B
from .postings import FREQUENCY, LENGTH, POSITION, table
from .sql import Sql, joined, within

_LEAST = 1e-6
_NO_BITS: Mapping[str, int] = {}


def score_items(
    stems: Mapping[str, float], generation: int, bits: Mapping[str, int] = _NO_BITS
) -> Sql:
    """Return SELECT (item, score, held) of items with any of the stems.

    `stems` maps each stem to its weight. `held` combines the `bits` of the stems found
    in the item.
    """
    weighed = _score("p.frequency", "p.length")
    told = [bits.get(stem, 0) for stem in stems]
    return _weighing(stems, told, "items", "COUNT(*)", generation) + Sql(
        f"SELECT p.item AS item, SUM({weighed}) AS score, BIT_OR(weights.bits) AS held "  # noqa: S608
        f"FROM extent CROSS JOIN weights JOIN {table(generation)} p "
        "ON p.term = weights.term GROUP BY p.item"
    )


def score_passages(terms: Sequence[Term], generation: int) -> Sql:
    """Return SELECT (passage, item, score) of passages with any of the terms.

    Only items of the CTE `top` are considered.
    """
    stems = stem_weights(term for term in terms if not term.is_literal)
    ways = [_places(generation)]
    ways += [_written(term, generation) for term in terms if term.is_literal]
    return (
        _weighing(stems, [0] * len(stems), "passages", "SUM(p.spread)", generation)
        + Sql("SELECT passage, item, SUM(score) AS score FROM (")
        + joined(ways, " UNION ALL ")
        + Sql(") ways GROUP BY passage, item")
        + _having_a_whole_term(terms)
    )


def _weighing(
    stems: Mapping[str, float],
    bits: Sequence[int],
    unit: str,
    held: str,
    generation: int,
) -> Sql:
    """Return the CTEs `weights` (term, bits, weight) and `extent` (number, slope).

    `weights` holds the stems that occur, with their weighted inverse document
    frequency. `extent` holds the number of units and the length normalization per
    token.
    """
    return Sql(
        "WITH extent AS MATERIALIZED ("  # noqa: S608
        f"SELECT {unit}::float8 AS number, "
        f"{K1 * B} * {unit} / GREATEST(words, 1)::float8 AS slope "
        f"FROM search_generation WHERE number = {int(generation)}), "
        "weights AS MATERIALIZED ("
        "SELECT asked.term AS term, asked.bits AS bits, "
        f"asked.share * {_idf('extent.number', 'counted.held')} AS weight FROM extent "
        "CROSS JOIN unnest(%s::text[], %s::float8[], %s::bigint[]) "
        "AS asked(term, share, bits) "
        f"CROSS JOIN LATERAL (SELECT {held}::float8 AS held "
        f"FROM {table(generation)} p WHERE p.term = asked.term) counted "
        "WHERE counted.held > 0)",
        (list(stems), list(stems.values()), list(bits)),
    )


def _places(generation: int) -> Sql:
    """Select the passages of items in `top` that contain a term of `weights`."""
    weighed = _score(FREQUENCY, LENGTH)
    return Sql(
        f"SELECT (p.item << {POSITION_BITS}) + {POSITION} AS passage, p.item AS item, "  # noqa: S608
        f"p.term AS term, {weighed} AS score FROM extent CROSS JOIN weights CROSS JOIN top "
        f"JOIN {table(generation)} p ON p.term = weights.term AND p.item = top.id "
        "CROSS JOIN unnest(p.places) AS place"
    )


def _written(term: Term, generation: int) -> Sql:
    """Select the passages of items in `top` that contain the literal term.

    A phrase scores like a word that occurs once in a passage of average length.
    """
    stands = surface_forms.rows_with(term, generation)
    return (
        Sql(
            f"SELECT passage, passage >> {POSITION_BITS} AS item, NULL AS term, "  # noqa: S608
            f"{term.weight} * {_idf('extent.number', 'counted.held')} AS score "
            "FROM extent CROSS JOIN (SELECT COUNT(*)::float8 AS held FROM"
        )
        + stands
        + Sql(") counted CROSS JOIN")
        + stands
        + Sql(f"AND passage >> {POSITION_BITS} IN (SELECT id FROM top)")  # noqa: S608
    )


def _having_a_whole_term(terms: Sequence[Term]) -> Sql:
    """Return a HAVING clause that requires all stems of some alternative of a term.

    Empty if every alternative has one stem.
    """
    ways = dict.fromkeys(way for term in terms for way in term.alternatives)
    alone = tuple(way[0] for way in ways if len(way) == 1)
    several = [
        Sql("COUNT(*) FILTER (WHERE term") + within(way) + Sql(f") = {len(way)}")
        for way in ways
        if len(way) > 1
    ]
    if not several:
        return Sql("")
    found = Sql("HAVING BOOL_OR(term IS NULL) OR BOOL_OR(term") + within(alone)
    return joined([found + Sql(")"), *several], " OR ")


def _idf(number: str, held: str) -> str:
    """Return SQL for the inverse document frequency."""
    odds = f"GREATEST(({number} - {held} + 0.5) / ({held} + 0.5), 1)"
    return f"GREATEST(LN({odds}), {_LEAST})"


def _score(frequency: str, length: str) -> str:
    """Return SQL for the BM25 score of a term of `weights`."""
    damping = f"{K1 * (1 - B)} + extent.slope * {length}"
    return f"weights.weight * {K1 + 1} * {frequency} / ({frequency} + {damping})"
