"""Which terms of a query an item contains, as bits of one integer."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from search.query import Clause, Query, Term

#: Bits of a PostgreSQL bigint without its sign.
_MOST = 63


@dataclass(frozen=True, slots=True)
class ClauseBits:
    """Bits of each stem, and the SQL condition that `held` satisfies every clause."""

    bits: Mapping[str, int]
    condition: str


def clause_bits(query: Query) -> ClauseBits | None:
    """Assign a bit to each term.

    Returns None if a term is not a single stem, or if there are too many terms.
    """
    terms = query.terms
    if (
        not terms
        or len(terms) > _MOST
        or not all(term.is_single_stem for term in terms)
    ):
        return None
    bit = {term: 1 << number for number, term in enumerate(terms)}
    bits: dict[str, int] = defaultdict(int)
    for term in terms:
        for stem in term.stems:
            bits[stem] |= bit[term]
    return ClauseBits(bits, " AND ".join(_has(clause, bit) for clause in query.clauses))


def _has(clause: Clause, bit: Mapping[Term, int]) -> str:
    wanted = (sum(bit[term] for term in set(variant)) for variant in clause.variants)
    return f"({' OR '.join(f'held & {bits} = {bits}' for bits in wanted)})"
