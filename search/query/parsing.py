"""Parser for typed queries: words, "phrases", -not, OR, prefix*, kind:guide."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from search.analysis import STOP_WORDS, fold
from search.passages import to_single_line

from .days import Day, day
from .structure import Clause, Query, Sort, Term

#: Longer input is truncated; it would be expensive for an engine.
LONGEST_TEXT = 500
MOST_CLAUSES = 32
#: A shorter prefix would match half the library.
_MIN_PREFIX = 2

#: Field names before a colon, and the facet that each filters by.
FIELDS: Mapping[str, str] = {
    "kind": "kind",
    "topic": "topic",
    "for": "audience",
    "audience": "audience",
    "year": "year",
    "group": "group",
    "language": "language",
    "type": "type",
}
#: Filters by date.
DATE_FILTERS = ("before", "after")
_OPERATORS = frozenset({"OR", "AND", "NOT"})

_TOKEN = re.compile(
    r"(?P<minus>(?<!\S)-)?"
    r"(?:(?P<field>(?<![^\s-])[A-Za-z]+):(?P<value>\"[^\"]+\"|[^\s\"]+)"
    r'|"(?P<phrase>[^"]*)"|(?P<word>[^\s"]+))'
)
_QUOTES = str.maketrans("“”„«»", '"""""')


@dataclass(slots=True)
class _Parser:
    """State of the parser."""

    clauses: list[Clause] = field(default_factory=list)
    excluded: list[Term] = field(default_factory=list)
    filters: dict[str, list[str]] = field(default_factory=dict)
    days: dict[str, Day] = field(default_factory=dict)
    words: list[str] = field(default_factory=list)
    #: As typed, without filters.
    typed_words: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    #: The next term is another variant of the last clause, after OR.
    after_or: bool = False

    def read(self, text: str) -> "_Parser":
        for found in _TOKEN.finditer(self._without_lone_mark(text)):
            if found["field"] is None or not self._filter(found):
                self.typed_words.append(found.group())
                self._word(found)
        if self.after_or:
            self.warnings.append(_("There is nothing after “OR”, so we ignored it."))
        return self

    def _without_lone_mark(self, text: str) -> str:
        if text.count('"') % 2 == 0:
            return text
        before, _mark, after = text.rpartition('"')
        if fold(after):
            self.warnings.append(
                _(
                    "A closing quotation mark is missing, so we searched for the single words."
                )
            )
        return f"{before} {after}"

    def _filter(self, found: re.Match[str]) -> bool:
        """Parse a filter; return False if the text is not a valid one and counts as words."""
        name, value = found["field"].lower(), found["value"].strip('"')
        if name in DATE_FILTERS:
            return self._day(name, value)
        if name not in FIELDS or found["minus"]:
            return False
        self.filters.setdefault(FIELDS[name], []).append(value)
        return True

    def _day(self, name: str, value: str) -> bool:
        read = day(value)
        if read is None:
            sentence = _(
                "“{name}:{value}” is not a date that we understand. Write {name}:2026, "
                "{name}:2026-03 or {name}:2026-03-15."
            )
            self.warnings.append(sentence.format(name=name, value=value))
            return False
        self.days[name] = read
        return True

    def _word(self, found: re.Match[str]) -> None:
        typed = found["word"] or found["phrase"] or ""
        if found["field"] is not None:
            typed = f"{found['field']}:{found['value']}"
        if found["word"] == "OR":
            self._or()
        elif found["word"] in {"AND", "NOT"}:
            self._operator(typed)
        elif fold(typed):
            self._term(_term(found, typed), excluded=bool(found["minus"]))

    def _or(self) -> None:
        if not self.clauses:
            self.warnings.append(_("There is nothing before “OR”, so we ignored it."))
        self.after_or = bool(self.clauses)

    def _operator(self, typed: str) -> None:
        """Ignore AND, which is the default, and explain the minus sign instead of NOT."""
        if typed == "NOT":
            self.warnings.append(
                _("To exclude a word, put a minus right before it: -word.")
            )

    def _term(self, term: Term, *, excluded: bool) -> None:
        if excluded:
            self.excluded.append(term)
            return
        self.words.append(term.text)
        before = self.clauses.pop().variants if self.after_or else ()
        required = term.exact and not before
        self.clauses.append(Clause((*before, (term,)), required=required))
        self.after_or = False


def parse(
    text: str,
    *,
    filters: Mapping[str, Iterable[str]] | None = None,
    sort: Sort = Sort.BEST,
    page: int = 1,
    per_page: int = 10,
) -> Query:
    """Parse a typed query; never fails.

    Understands words, "phrases", -not, OR, prefix*, and filters like `kind:guide` or
    `before:2026`. Text that is not understood counts as words and is explained in
    `Query.warnings`. `filters` are those selected beside the text, dates included; a typed
    date takes precedence.
    """
    typed = to_single_line(text)[:LONGEST_TEXT]
    read = _Parser().read(typed.translate(_QUOTES))
    beside = {
        name: tuple(map(to_single_line, v)) for name, v in (filters or {}).items()
    }
    days = {
        name: day(value) for name in DATE_FILTERS for value in beside.pop(name, ())[:1]
    }
    before, after = (read.days.get(name) or days.get(name) for name in DATE_FILTERS)
    return Query(
        text=typed,
        text_without_filters=" ".join(read.typed_words),
        words=" ".join(read.words),
        clauses=_without_stop_words(list(dict.fromkeys(read.clauses)))[:MOST_CLAUSES],
        excluded=tuple(dict.fromkeys(read.excluded))[:MOST_CLAUSES],
        filters=_together(beside, read.filters),
        before=before.first if before else None,
        after=after.last if after else None,
        sort=sort,
        page=max(page, 1),
        per_page=per_page,
        warnings=tuple(dict.fromkeys(read.warnings)),
    )


def positive_spans(text: str) -> list[tuple[int, int]]:
    """Return the offsets of wanted words and phrases, without their quotation marks.

    Filters, operators, prefixes and excluded terms are not included; spelling
    corrections leave them unchanged.
    """
    return [
        found.span("word" if found["phrase"] is None else "phrase")
        for found in _TOKEN.finditer(text.translate(_QUOTES))
        if found["field"] is None and not found["minus"] and not _is_sign(found)
    ]


def _is_sign(found: re.Match[str]) -> bool:
    word = found["word"] or ""
    return word in _OPERATORS or word.endswith("*")


def _term(found: re.Match[str], typed: str) -> Term:
    if found["phrase"] is not None:
        return Term(typed, exact=True)
    begun = typed.endswith("*") and len(fold(typed)) >= _MIN_PREFIX
    return Term(typed.rstrip("*") if begun else typed, prefix=begun)


def _together(*chosen: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    """Merge filters from several sources, each value once, without empty ones."""
    found: dict[str, dict[str, None]] = {}
    for filters in chosen:
        for name, values in filters.items():
            found.setdefault(name, {}).update(dict.fromkeys(filter(None, values)))
    return {name: tuple(values) for name, values in found.items() if values}


def _without_stop_words(clauses: list[Clause]) -> tuple[Clause, ...]:
    """Remove clauses that are only stop words, unless nothing else remains."""
    telling = [clause for clause in clauses if not _is_stop_word(clause)]
    return tuple(telling or clauses)


def _is_stop_word(clause: Clause) -> bool:
    return all(
        not (term.exact or term.prefix) and STOP_WORDS.issuperset(term.words)
        for term in clause.terms
    )
