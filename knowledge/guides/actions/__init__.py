"""Changes that follow from publishing a guide."""

from .chapters import keep_chapter_urls

__all__ = ["keep_chapter_urls"]
