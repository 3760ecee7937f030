"""Structure of a query: terms, variants, clauses."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import lru_cache

from search import analysis

#: Number of words of a term that must occur together; pasted URLs become very long
#: terms.
_MOST_TOGETHER = 12
#: Weight of a synonym relative to the typed term (decision 33).
SYNONYM_WEIGHT = 0.8


class Sort(StrEnum):
    """Order of the results."""

    BEST = "best"
    NEWEST = "newest"


@dataclass(frozen=True, slots=True)
class Term:
    """A word, or several words that belong together.

    The words of an exact term must be adjacent as written. Otherwise all stems of one
    of its `alternatives` must occur in one passage.
    """

    text: str
    exact: bool = False
    #: The last word is a prefix.
    prefix: bool = False
    #: A synonym of what was typed.
    is_synonym: bool = False

    @property
    def words(self) -> tuple[str, ...]:
        """Folded words in order."""
        return tuple(analysis.words(self.text))

    @property
    def alternatives(self) -> tuple[tuple[str, ...], ...]:
        """Sets of stems, any of which matches; empty for a literal term."""
        return () if self.exact or self.prefix else _alternatives(self.words)

    @property
    def stems(self) -> tuple[str, ...]:
        """All stems of its words, by which it is scored."""
        if self.prefix:
            return ()
        possible_stems = (
            form for word in self.words for form in analysis.possible_stems(word)
        )
        return tuple(dict.fromkeys(possible_stems))

    @property
    def weight(self) -> float:
        """Weight in the score."""
        return SYNONYM_WEIGHT if self.is_synonym else 1.0

    @property
    def is_single_stem(self) -> bool:
        """Whether every alternative is one stem."""
        return bool(self.alternatives) and all(len(w) == 1 for w in self.alternatives)

    @property
    def is_literal(self) -> bool:
        """Whether it is looked up as written: exact, a prefix, or only stop words."""
        return not self.alternatives


@lru_cache(maxsize=4096)
def _alternatives(words: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """Return the stems of all words as English, as French, and unstemmed."""
    ways = (
        tuple(filter(None, (analysis.stem(word, language) for word in words)))
        for language in analysis.STEM_LANGUAGES
    )
    return tuple(dict.fromkeys(way[:_MOST_TOGETHER] for way in ways if way))


def stem_weights(terms: Iterable[Term]) -> dict[str, float]:
    """Return all stems of the terms with their weight, the highest of their terms."""
    found: dict[str, float] = {}
    for term in terms:
        for stem in term.stems:
            found[stem] = max(term.weight, found.get(stem, 0.0))
    return found


#: Terms that must all match.
Variant = tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Clause:
    """One requirement of a query, met by any of its variants (OR, synonyms)."""

    variants: tuple[Variant, ...]
    #: In quotation marks: items without it are no match.
    required: bool = False

    @property
    def terms(self) -> tuple[Term, ...]:
        """Unique terms of all variants."""
        return tuple(dict.fromkeys(term for terms in self.variants for term in terms))


@dataclass(frozen=True, slots=True)
class Query:
    """A parsed query with filters, order and page; equal queries compare equal."""

    #: As typed, including filters.
    text: str = ""
    #: Without the typed filters, which are in `filters`.
    text_without_filters: str = ""
    #: Only the words to look for, without filters and operators.
    words: str = ""
    clauses: tuple[Clause, ...] = ()
    excluded: tuple[Term, ...] = ()
    #: Selected values by facet: any value of a facet, and all facets, must match.
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    #: Exclusive bounds of the date.
    before: dt.date | None = None
    after: dt.date | None = None
    sort: Sort = Sort.BEST
    page: int = 1
    per_page: int = 10
    #: Explanations of what was not understood and counted as words.
    warnings: tuple[str, ...] = ()

    @property
    def is_blank(self) -> bool:
        """Whether the query is empty: no term, exclusion or filter."""
        dated = self.before or self.after
        return not (self.clauses or self.excluded or self.filters or dated)

    @property
    def terms(self) -> tuple[Term, ...]:
        """Unique wanted terms."""
        return tuple(
            dict.fromkeys(term for clause in self.clauses for term in clause.terms)
        )

    @property
    def required(self) -> tuple[Clause, ...]:
        """Clauses that every result must meet."""
        return tuple(clause for clause in self.clauses if clause.required)

    def on_page(self, page: int) -> "Query":
        """Return the same query for another page."""
        return replace(self, page=page)

    @property
    def title_key(self) -> str:
        """The query folded like a title, to find exact titles."""
        return analysis.fold(self.words)
