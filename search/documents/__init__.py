"""Documents of the apps below search, which cannot register their own."""

from .bodies import body_passages, rich_text_lines
from .files import FileDocument, FileSource, file_type_facet
from .pages import (
    PageBatch,
    PageDocument,
    PageSource,
    StandardPageDocument,
    WorkingGroupDocument,
)
from .people import (
    OrganizationDocument,
    OrganizationSource,
    PersonDocument,
    PersonSource,
)

__all__ = [
    "FileDocument",
    "FileSource",
    "OrganizationDocument",
    "OrganizationSource",
    "PageBatch",
    "PageDocument",
    "PageSource",
    "PersonDocument",
    "PersonSource",
    "StandardPageDocument",
    "WorkingGroupDocument",
    "body_passages",
    "file_type_facet",
    "rich_text_lines",
]
