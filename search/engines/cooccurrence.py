"""Co-occurrence of words: in how many items two words occur together."""

from collections.abc import Iterator, Sequence

from search.query import Term

from .base import Cooccurrence, Pair
from .sql import Sql, joined, rows
from .term_lookup import TermLookup

#: Passages counted for a pair; more would not change a decision.
_ENOUGH = 200


def cooccurrences(
    pairs: Sequence[Pair], rules: frozenset[str], lookup: TermLookup, generation: int
) -> dict[Pair, Cooccurrence]:
    """Count each pair among items whose access rule is one of `rules`, in one statement."""
    if not pairs:
        return {}
    values = joined((Sql("(%s)", (rule,)) for rule in sorted(rules)), ", ")
    passed = Sql("WITH passed(rule) AS (VALUES") + values + Sql(")")
    found = joined(_selects(pairs, lookup, generation), " UNION ALL ")
    counted = rows(
        passed
        + Sql("SELECT pair, adjacent, COUNT(DISTINCT item) FROM (")
        + found
        + Sql(") found GROUP BY pair, adjacent")
    )
    numbers = {(int(pair), int(adjacent)): int(n) for pair, adjacent, n in counted}
    return {
        pair: Cooccurrence(numbers.get((i, 1), 0), numbers.get((i, 0), 0))
        for i, pair in enumerate(pairs)
    }


def _selects(
    pairs: Sequence[Pair], lookup: TermLookup, generation: int
) -> Iterator[Sql]:
    for i, (first, second) in enumerate(pairs):
        for adjacent in (0, 1):
            term = Term(f"{first} {second}", exact=bool(adjacent))
            yield (
                Sql(
                    f"SELECT * FROM (SELECT {i} AS pair, {adjacent} AS adjacent, "  # noqa: S608
                    "i.id AS item FROM ("
                )
                + lookup.items_with_together((term,), generation)
                + Sql(
                    ") stood JOIN search_indexeditem i ON i.id = stood.item "  # noqa: S608
                    f"WHERE i.rule IN (SELECT rule FROM passed) LIMIT {_ENOUGH}) first"
                )
            )
