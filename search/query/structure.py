"""The plan of a question: terms, readings, clauses."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import lru_cache

from search import analysis

#: Of a longer run of words so many must stand together: an address that was pasted is one.
_MOST_TOGETHER = 12
#: Another word for what was typed counts so much beside it (decision 33).
SYNONYM_WEIGHT = 0.8


class Sort(StrEnum):
    """The order of results."""

    BEST = "best"
    NEWEST = "newest"


@dataclass(frozen=True, slots=True)
class Term:
    """A word, or words that belong together.

    An exact term's words stand next to each other as they were written. Otherwise all
    stems of one of its `alternatives` stand in one passage.
    """

    text: str
    exact: bool = False
    #: A word begins so; only the last of the words, when there are several.
    prefix: bool = False
    #: Nobody typed it: it is another word for something that was.
    is_synonym: bool = False

    @property
    def words(self) -> tuple[str, ...]:
        """The folded words, in order."""
        return tuple(analysis.words(self.text))

    @property
    def alternatives(self) -> tuple[tuple[str, ...], ...]:
        """The stems to look for, in any of these ways; none for an exact term."""
        return () if self.exact or self.prefix else _alternatives(self.words)

    @property
    def stems(self) -> tuple[str, ...]:
        """Every stem of its words, each once: what it is scored by, however it is found."""
        if self.prefix:
            return ()
        possible_stems = (
            form for word in self.words for form in analysis.possible_stems(word)
        )
        return tuple(dict.fromkeys(possible_stems))

    @property
    def weight(self) -> float:
        """How much it counts."""
        return SYNONYM_WEIGHT if self.is_synonym else 1.0

    @property
    def is_single_stem(self) -> bool:
        """One word, looked up by its stem."""
        return bool(self.alternatives) and all(len(w) == 1 for w in self.alternatives)

    @property
    def is_literal(self) -> bool:
        """Looked up as it is written: exact, begun only, or made of common words alone."""
        return not self.alternatives


@lru_cache(maxsize=4096)
def _alternatives(words: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """Stems by language: all words English, or all French, or as they are."""
    ways = (
        tuple(filter(None, (analysis.stem(word, language) for word in words)))
        for language in analysis.STEM_LANGUAGES
    )
    return tuple(dict.fromkeys(way[:_MOST_TOGETHER] for way in ways if way))


def stem_weights(terms: Iterable[Term]) -> dict[str, float]:
    """Every stem of the terms, and how much it counts: as the term of it that counts most."""
    found: dict[str, float] = {}
    for term in terms:
        for stem in term.stems:
            found[stem] = max(term.weight, found.get(stem, 0.0))
    return found


#: Terms that must all be there for one reading of a clause.
Variant = tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Clause:
    """One thing asked for, in any of its readings (OR, synonyms)."""

    variants: tuple[Variant, ...]
    #: It stood in quotation marks: an item without it is not what was meant.
    required: bool = False

    @property
    def terms(self) -> tuple[Term, ...]:
        """Every term of every reading, each once."""
        return tuple(dict.fromkeys(term for terms in self.variants for term in terms))


@dataclass(frozen=True, slots=True)
class Query:
    """A question with its filters, order and page; equal questions are equal values."""

    #: As it was typed, filters and all.
    text: str = ""
    #: The same without the filters that stood in it, which `filters` has.
    text_without_filters: str = ""
    #: What is left of it to look for, without filters and signs.
    words: str = ""
    clauses: tuple[Clause, ...] = ()
    excluded: tuple[Term, ...] = ()
    #: Facet name to the values chosen: any of the values, all of the facets.
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    #: Items dated before this day, or after that one, neither included.
    before: dt.date | None = None
    after: dt.date | None = None
    sort: Sort = Sort.BEST
    page: int = 1
    per_page: int = 10
    #: What could not be understood, each in a sentence; it counted as plain words.
    slips: tuple[str, ...] = ()

    @property
    def is_blank(self) -> bool:
        """Nothing was asked: no word, no exclusion, no filter."""
        dated = self.before or self.after
        return not (self.clauses or self.excluded or self.filters or dated)

    @property
    def terms(self) -> tuple[Term, ...]:
        """Every term wanted, each once."""
        return tuple(
            dict.fromkeys(term for clause in self.clauses for term in clause.terms)
        )

    @property
    def required(self) -> tuple[Clause, ...]:
        """The clauses that nothing found may lack."""
        return tuple(clause for clause in self.clauses if clause.required)

    def on_page(self, page: int) -> "Query":
        """The same question, another page."""
        return replace(self, page=page)

    @property
    def title_key(self) -> str:
        """The question as a title would be written in the index, to find it exactly."""
        return analysis.fold(self.words)
