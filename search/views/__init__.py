"""The search page, and what editors see of search."""

from .page import search
from .suggest import suggest

__all__ = ["search", "suggest"]
