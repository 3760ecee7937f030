"""Documents, images and media, each with licence, language and checksum."""

from .documents import Document, DocumentText
from .media import Media
from .pictures import Image, PictureUse, Rendition
from .stored import Language, Licence, StoredFile, checksum_of

__all__ = [
    "Document",
    "DocumentText",
    "Image",
    "Language",
    "Licence",
    "Media",
    "PictureUse",
    "Rendition",
    "StoredFile",
    "checksum_of",
]
