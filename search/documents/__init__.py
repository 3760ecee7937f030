"""What search may hold of the floors below it, which cannot say it themselves."""

from .bodies import body_passages, text_of
from .files import FileDocument, FileSource, type_of
from .pages import GroupDocument, PageBatch, PageDocument, PageSource, WordsDocument
from .people import (
    OrganizationDocument,
    OrganizationSource,
    PersonDocument,
    PersonSource,
)

__all__ = [
    "FileDocument",
    "FileSource",
    "GroupDocument",
    "OrganizationDocument",
    "OrganizationSource",
    "PageBatch",
    "PageDocument",
    "PageSource",
    "PersonDocument",
    "PersonSource",
    "WordsDocument",
    "body_passages",
    "text_of",
    "type_of",
]
