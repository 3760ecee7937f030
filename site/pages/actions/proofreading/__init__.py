"""Hints for editors: pure functions that change nothing and never block saving."""

from .hints import Hint, Text, Weight, hints_for
from .pages import text_of
from .person_first import person_first_alternatives

__all__ = [
    "Hint",
    "Text",
    "Weight",
    "hints_for",
    "person_first_alternatives",
    "text_of",
]
