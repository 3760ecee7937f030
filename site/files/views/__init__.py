"""Deliver files after checking who asks for them."""

from .fetching import document, media

__all__ = ["document", "media"]
