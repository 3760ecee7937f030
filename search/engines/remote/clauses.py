"""The words of a question in the engine's own language: pieces for `plan.body`.

Words are looked up in the whole item, which is quick; in its passages, which are nested in
it, where they must stand together, and to say where they stand.
"""

from collections.abc import Iterable, Sequence
from functools import reduce
from operator import or_
from typing import Any

from elasticsearch.dsl import query as q

from search.engines.base import PASSAGE_WEIGHT, PASSAGES_PER_ITEM
from search.query import Clause, Term, stem_weights

#: Words that a beginning together with words before it may turn out to be.
_MOST_ENDINGS = 1_000


def items_with(clause: Clause) -> q.Query:
    """Items with all terms of a reading, wherever in the item each of them stands."""
    variants = clause.variants
    return _any(q.Bool(filter=list(map(items_with_term, terms))) for terms in variants)


def items_with_term(term: Term) -> q.Query:
    """Items that have the term; its words, if it has several, in one passage."""
    if term.is_single_stem:
        return q.Terms(words=[stem for (stem,) in term.alternatives])
    return _nested(_in_passage(term))


def whole(terms: Sequence[Term]) -> q.Query:
    """Items with any of the terms, by all of their words."""
    return q.Bool(
        filter=[_any(map(items_with_term, terms))],
        should=[
            q.Term(words={"value": stem, "boost": weight})
            for stem, weight in stem_weights(terms).items()
        ],
    )


def best_passage(terms: Sequence[Term]) -> q.Query:
    """What an item's best passage adds to its score."""
    return _nested(_any_in_passage(terms), boost=PASSAGE_WEIGHT)


def places(terms: Sequence[Term]) -> q.Query:
    """Every item; of those on the page, the best passages are named with it."""
    # One passage more than are wanted, as the card may be among them.
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


def _nested(request: q.Query, **given: Any) -> q.Query:
    return q.Nested(path="passages", query=request, score_mode="max", **given)


def _any(ways: Iterable[q.Query]) -> q.Query:
    return reduce(or_, ways)
