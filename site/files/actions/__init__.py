"""Every change to files that touches several rows or takes time."""

from .reading import ask_for_text, read_document
from .sound import seconds_of
from .uploads import why_refused

__all__ = ["ask_for_text", "read_document", "seconds_of", "why_refused"]
