"""What a person asked for, read into a plan that every engine can follow."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

#: Longer questions are cut here: nobody types them, and they cost an engine dearly.
LONGEST_TEXT = 300
MOST_CLAUSES = 16

_COMMON = """
a about an and are as at be been but by can could do does for from had has have how i if in
into is it its me my no not of on or our should so such than that the their then there these
they this to was we were what when where which who why will with would you your
"""
#: Words too common to tell two items apart; kept inside quotation marks.
STOP_WORDS = frozenset(_COMMON.split())

_TOKEN = re.compile(
    r'(?P<minus>(?<!\S)-)?(?:"(?P<phrase>[^"]*)(?:"|$)|(?P<word>[^\s"]+))'
)
_WORD = re.compile(r"\w+")
_PLURAL_IES = re.compile(r"..ies$")
_PLURAL_S = re.compile(r"...?[^s]s$")
_QUOTES = str.maketrans("“”„«»", '"""""')


class Sort(StrEnum):
    """The order of results."""

    BEST = "best"
    NEWEST = "newest"


@dataclass(frozen=True, slots=True)
class Term:
    """A word, or words that must stand together."""

    text: str
    exact: bool = False


#: Terms that must all be there for one reading of a clause.
Reading = tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Clause:
    """One thing asked for, in any of its readings (OR, synonyms)."""

    readings: tuple[Reading, ...]

    @property
    def terms(self) -> tuple[Term, ...]:
        """Every term of every reading, each once."""
        return tuple(dict.fromkeys(term for terms in self.readings for term in terms))


@dataclass(frozen=True, slots=True)
class Query:
    """A question with its filters, order and page; equal questions are equal values."""

    text: str = ""
    clauses: tuple[Clause, ...] = ()
    excluded: tuple[Term, ...] = ()
    #: Facet name to the values chosen: any of the values, all of the facets.
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: Sort = Sort.BEST
    page: int = 1
    per_page: int = 10

    @property
    def is_blank(self) -> bool:
        """Nothing was asked: no word, no exclusion, no filter."""
        return not (self.clauses or self.excluded or self.filters)

    @property
    def terms(self) -> tuple[Term, ...]:
        """Every term wanted, each once."""
        return tuple(
            dict.fromkeys(term for clause in self.clauses for term in clause.terms)
        )

    def on_page(self, page: int) -> "Query":
        """The same question, another page."""
        return replace(self, page=page)

    @property
    def title_key(self) -> str:
        """The question as a title would be written in the index, to find it exactly."""
        return fold(self.text)


def fold(text: str) -> str:
    """Words only, without accents and case: `Métis  Homes!` becomes `metis homes`."""
    return " ".join(_WORD.findall(without_accents(text).casefold()))


def without_accents(text: str) -> str:
    """The text with each accented letter as its plain one; everything else as it was."""
    decomposed = unicodedata.normalize("NFKD", text)
    return unicodedata.normalize(
        "NFC", "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    )


def parse(
    text: str,
    *,
    filters: Mapping[str, Iterable[str]] | None = None,
    sort: Sort = Sort.BEST,
    page: int = 1,
    per_page: int = 10,
) -> Query:
    """Read words, "phrases", -not and OR; whatever else was typed counts as words.

    Never fails: a lone quotation mark, a dangling OR or a stray sign changes nothing.
    """
    typed = " ".join(text.split())[:LONGEST_TEXT]
    clauses, excluded = _read(typed.translate(_QUOTES))
    chosen = {name: tuple(dict.fromkeys(v)) for name, v in (filters or {}).items()}
    return Query(
        text=typed,
        clauses=_telling(clauses)[:MOST_CLAUSES],
        excluded=tuple(dict.fromkeys(excluded))[:MOST_CLAUSES],
        filters={name: values for name, values in chosen.items() if values},
        sort=sort,
        page=max(page, 1),
        per_page=per_page,
    )


def expand(query: Query, synonyms: Sequence[Sequence[str]]) -> Query:
    """The query with other words for the same thing as further readings.

    `synonyms` are groups of phrases that mean the same. A phrase in quotation marks is
    taken at its word. A run of words that matches a phrase of a group becomes one clause.
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


def _read(text: str) -> tuple[list[Clause], list[Term]]:
    clauses: list[Clause] = []
    excluded: list[Term] = []
    joined = False
    for found in _TOKEN.finditer(text):
        word = found["word"] or ""
        term = Term(found["phrase"] or word, exact=found["phrase"] is not None)
        if word == "OR":
            joined = bool(clauses)
        elif not _WORD.search(term.text):
            continue
        elif found["minus"]:
            excluded.append(term)
        else:
            before = clauses.pop().readings if joined else ()
            clauses.append(Clause((*before, (term,))))
            joined = False
    return list(dict.fromkeys(clauses)), excluded


def _telling(clauses: list[Clause]) -> tuple[Clause, ...]:
    """Without the clauses that are mere stop words, unless nothing else was asked."""
    telling = [clause for clause in clauses if not _is_stop_word(clause)]
    return tuple(telling or clauses)


def _is_stop_word(clause: Clause) -> bool:
    return all(
        not term.exact and term.text.casefold() in STOP_WORDS for term in clause.terms
    )


def _stems(phrase: str) -> tuple[str, ...]:
    return tuple(map(_singular, fold(phrase).split()))


def _singular(word: str) -> str:
    """The word without its plural ending; words of three letters stay as they are."""
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
    only = len(clause.terms) == 1 and not clause.terms[0].exact
    return clause.terms[0].text if only else ""


def _with_synonyms(run: list[Clause], group: Sequence[str]) -> Clause:
    typed = tuple(term for clause in run for term in clause.terms)
    own = _stems(" ".join(term.text for term in typed))
    others = tuple((Term(phrase),) for phrase in group if _stems(phrase) != own)
    return Clause((typed, *others))
