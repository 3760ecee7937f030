"""Deliver files after checking access."""

from .fetching import document, media

__all__ = ["document", "media"]
