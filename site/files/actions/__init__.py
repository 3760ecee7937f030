"""Changes to files, and what is read from them."""

from .media_duration import read_duration
from .text_extraction import enqueue_text_extraction, extract_text
from .uploads import upload_error

__all__ = ["enqueue_text_extraction", "extract_text", "read_duration", "upload_error"]
