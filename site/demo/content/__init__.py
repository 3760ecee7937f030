"""The content of the demonstration as text files, and the code that reads them.

A content file is Markdown below a block of TOML between two lines of `+++`.
docs/decisions/0012-the-demonstration-is-text.md explains how to write one.
"""

from .calendar import Calendar
from .captions import captions
from .loading import ContentError, Text, content_files, table
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
    "content_files",
    "parts",
    "table",
]
