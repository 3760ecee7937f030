"""Terms of a query in the engine's query language, for `request_body.search_body`.

Terms are looked up in the whole item, which is fast, and in its nested passages where
they must occur together or to locate them.
"""

from collections.abc import Iterable, Sequence
from functools import reduce
from operator import or_
from typing import Any

from elasticsearch.dsl import query as q

from search.engines.base import PASSAGE_WEIGHT, PASSAGES_PER_ITEM
from search.query import Clause, Term, stem_weights

#: Maximum expansions of a prefix at the end of a phrase.
_MOST_ENDINGS = 1_000


def items_with(clause: Clause) -> q.Query:
    """Match items with all terms of a variant, each anywhere in the item."""
    variants = clause.variants
    return _any(q.Bool(filter=list(map(items_with_term, terms))) for terms in variants)


def items_with_term(term: Term) -> q.Query:
    """Match items with the term; several words must occur in one passage."""
    if term.is_single_stem:
        return q.Terms(words=[stem for (stem,) in term.alternatives])
    return _nested(_in_passage(term))


def whole(terms: Sequence[Term]) -> q.Query:
    """Match items with any of the terms, scored by all of their stems."""
    return q.Bool(
        filter=[_any(map(items_with_term, terms))],
        should=[
            q.Term(words={"value": stem, "boost": weight})
            for stem, weight in stem_weights(terms).items()
        ],
    )


def best_passage(terms: Sequence[Term]) -> q.Query:
    """Score an item by its best passage."""
    return _nested(_any_in_passage(terms), boost=PASSAGE_WEIGHT)


def places(terms: Sequence[Term]) -> q.Query:
    """Match every item and return its best passages as inner hits."""
    # One more than needed, as the card may be among them.
    named = {"size": PASSAGES_PER_ITEM + 1, "_source": False}
    passages = _nested(_any_in_passage(terms), inner_hits=named)
    return q.Bool(should=[q.MatchAll(), passages])


def _any_in_passage(terms: Sequence[Term]) -> q.Query:
    return q.Bool(
        should=[q.Bool(must=_in_passage(term), boost=term.weight) for term in terms]
    )


def _in_passage(term: Term) -> q.Query:
    if term.is_literal:
        return _literal(term)
    return _any(map(_together, term.alternatives))


def _together(stems: tuple[str, ...]) -> q.Query:
    terms = [q.Term(passages__words=stem) for stem in stems]
    return terms[0] if len(terms) == 1 else q.Bool(must=terms)


def _literal(term: Term) -> q.Query:
    words = " ".join(term.words)
    if not term.prefix:
        return q.MatchPhrase(passages__exact=words)
    if len(term.words) == 1:
        return q.Prefix(passages__exact=words)
    begun = {"query": words, "max_expansions": _MOST_ENDINGS}
    return q.MatchPhrasePrefix(passages__exact=begun)


def _nested(query: q.Query, **given: Any) -> q.Query:
    return q.Nested(path="passages", query=query, score_mode="max", **given)


def _any(ways: Iterable[q.Query]) -> q.Query:
    return reduce(or_, ways)
