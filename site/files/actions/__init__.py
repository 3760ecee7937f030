"""Every change to files that touches several rows or takes time."""

from .media_duration import seconds_of
from .text_extraction import ask_for_text, read_document
from .uploads import why_refused

__all__ = ["ask_for_text", "read_document", "seconds_of", "why_refused"]
