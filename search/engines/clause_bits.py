"""Which words of a question an item has, as the bits of one number."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from search.query import Clause, Query, Term

#: Bits of a number of PostgreSQL, its sign left alone.
_MOST = 63


@dataclass(frozen=True, slots=True)
class ClauseBits:
    """For each stem the bits of the terms that it is a form of, and the SQL condition that
    a number `held`, made of such bits, has a reading of every clause."""

    bits: Mapping[str, int]
    condition: str


def clause_bits(query: Query) -> ClauseBits | None:
    """A bit for each term; None where a term is not a plain word, or there are too many."""
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
