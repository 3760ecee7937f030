"""Background work on files."""

from .actions import read_document
from .models import Document


def read_text(pk: int) -> str:
    """Reads the text of a document; repeating it is harmless."""
    document = Document.objects.filter(pk=pk).first()
    if document is None:
        return "gone"
    return read_document(document=document) or "replaced"
