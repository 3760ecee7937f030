"""What a person asked for, read into a plan that every engine can follow."""

from .parsing import BOUNDS, LONGEST_TEXT, MOST_CLAUSES, parse, wanted_places
from .structure import Clause, Query, Reading, Sort, Term, shares
from .synonyms import expand

__all__ = [
    "BOUNDS",
    "LONGEST_TEXT",
    "MOST_CLAUSES",
    "Clause",
    "Query",
    "Reading",
    "Sort",
    "Term",
    "expand",
    "parse",
    "shares",
    "wanted_places",
]
