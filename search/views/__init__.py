"""The search page, and reports for editors."""

from .page import search
from .suggest import suggest

__all__ = ["search", "suggest"]
