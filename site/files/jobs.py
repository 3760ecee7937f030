"""Background work on files."""

from .actions import extract_text
from .models import Document


def extract_text_of(pk: int) -> str:
    """Extract the text of a document; idempotent. Return how it went, for the log."""
    document = Document.objects.filter(pk=pk).first()
    if document is None:
        return "deleted"
    return extract_text(document=document) or "replaced"
