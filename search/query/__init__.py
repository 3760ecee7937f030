"""Parsing of queries into a structure that every engine understands."""

from .parsing import DATE_FILTERS, LONGEST_TEXT, MOST_CLAUSES, parse, positive_spans
from .structure import Clause, Query, Sort, Term, Variant, stem_weights
from .synonyms import expand

__all__ = [
    "DATE_FILTERS",
    "LONGEST_TEXT",
    "MOST_CLAUSES",
    "Clause",
    "Query",
    "Sort",
    "Term",
    "Variant",
    "expand",
    "parse",
    "positive_spans",
    "stem_weights",
]
