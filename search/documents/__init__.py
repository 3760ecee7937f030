"""What search may hold of the floors below it, which cannot say it themselves."""

from .bodies import body_passages, text_of
from .files import FileDocument, FileSource
from .pages import GroupDocument, PageBatch, PageDocument, PageSource, WordsDocument

__all__ = [
    "FileDocument",
    "FileSource",
    "GroupDocument",
    "PageBatch",
    "PageDocument",
    "PageSource",
    "WordsDocument",
    "body_passages",
    "text_of",
]
