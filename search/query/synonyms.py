"""Query expansion by synonyms."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from search.analysis import fold

from .structure import Clause, Query, Term

_PLURAL_IES = re.compile(r"..ies$")
_PLURAL_S = re.compile(r"...?[^s]s$")


def expand(query: Query, synonyms: Sequence[Sequence[str]]) -> Query:
    """Add synonyms to the query as further variants of its clauses.

    `synonyms` are groups of equivalent phrases. A run of words that matches a phrase
    becomes one clause. Phrases in quotation marks are not expanded.
    """
    known = {_stems(phrase): group for group in synonyms for phrase in group}
    known.pop((), None)
    longest = max(map(len, known), default=0)
    clauses: list[Clause] = []
    rest = list(query.clauses)
    while rest:
        length, group = _longest_match(rest, known, longest)
        run, rest = rest[:length], rest[length:]
        clauses.append(_with_synonyms(run, group) if group else run[0])
    return replace(query, clauses=tuple(clauses))


def _stems(phrase: str) -> tuple[str, ...]:
    return tuple(map(_singular, fold(phrase).split()))


def _singular(word: str) -> str:
    """Remove the plural ending; words of three characters are unchanged."""
    if _PLURAL_IES.search(word):
        return word[:-3] + "y"
    return word[:-1] if _PLURAL_S.search(word) else word


def _longest_match(
    clauses: list[Clause],
    known: Mapping[tuple[str, ...], Sequence[str]],
    longest: int,
) -> tuple[int, Sequence[str]]:
    for length in range(min(longest, len(clauses)), 0, -1):
        words = [_plain_word(clause) for clause in clauses[:length]]
        group = known.get(_stems(" ".join(words))) if all(words) else None
        if group:
            return length, group
    return 1, ()


def _plain_word(clause: Clause) -> str:
    only = len(clause.terms) == 1
    first = clause.terms[0]
    return first.text if only and not (first.exact or first.prefix) else ""


def _with_synonyms(run: list[Clause], group: Sequence[str]) -> Clause:
    typed = tuple(term for clause in run for term in clause.terms)
    own = _stems(" ".join(term.text for term in typed))
    others = tuple(
        (Term(phrase, is_synonym=True),) for phrase in group if _stems(phrase) != own
    )
    return Clause((typed, *others))
