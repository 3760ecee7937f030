"""What the demonstration says: files that an editor can read, and those who read them.

A file of words is Markdown with its facts above it, in TOML between two lines of `+++`.
docs/decisions/0012-the-demonstration-is-text.md tells how to write one.
"""

from .calendar import Calendar
from .captions import captions
from .loading import ContentError, Text, shelf, table
from .markup import Targets, body
from .sheets import Part, parts

__all__ = [
    "Calendar",
    "ContentError",
    "Part",
    "Targets",
    "Text",
    "body",
    "captions",
    "parts",
    "shelf",
    "table",
]
