"""Guides, and the chapters that their text is divided into."""

from .chapters import (
    Chapter,
    GuideText,
    anchors_of,
    chapter_slugs,
    recommendations_of,
)
from .guides import GuideBodyBlock, GuidePage

__all__ = [
    "Chapter",
    "GuideBodyBlock",
    "GuidePage",
    "GuideText",
    "anchors_of",
    "chapter_slugs",
    "recommendations_of",
]
