"""Suggest a correction that finds something for the person who asked."""

from dataclasses import dataclass, replace
from typing import Any

from search.access import rules_passed_by
from search.query import Query, Sort, parse
from search.results import Results

from .correcting import corrections


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A question that finds something with all of its words, and how much."""

    query: Query
    total: int

    @property
    def text(self) -> str:
        """As it would be typed."""
        return self.query.text


def did_you_mean(query: Query, user: Any) -> Suggestion | None:
    """The question put right, as it is typed anew; None where nothing better is known.

    It was asked as the person, filters and all: something with every word is there, and the
    database lets the person see it. One to three questions to the engine, beside those of
    `corrections`. For a question that finds little: one that finds plenty needs no other.
    """
    for text in corrections(query.text, rules_passed_by(user)):
        better = _asked_anew(query, text)
        results = Results(better, user)
        if results.has_all_words:
            return Suggestion(better, results.total)
    return None


def _asked_anew(query: Query, text: str) -> Query:
    """Filters were read, and their names understood, with the question before."""
    return replace(
        parse(text, per_page=query.per_page),
        filters=query.filters,
        before=query.before,
        after=query.after,
        sort=Sort.BEST,
    )
