"""Hints for whoever writes: pure functions, which change nothing and never block."""

from .hints import Hint, Text, Weight, hints_for
from .pages import text_of
from .person_first import kinder

__all__ = ["Hint", "Text", "Weight", "hints_for", "kinder", "text_of"]
