"""The search page, and what editors see of search."""

from .page import search

__all__ = ["search"]
