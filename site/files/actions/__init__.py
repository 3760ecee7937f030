"""Changes to files, and what is read from them."""

from .media_duration import read_duration
from .picture_uses import record_indexed_pictures, record_saved_page
from .pictures import (
    CleanPicture,
    PictureError,
    clean_new_picture,
    clean_picture,
    clean_stored_picture,
)
from .text_extraction import enqueue_text_extraction, extract_text
from .uploads import upload_error

__all__ = [
    "CleanPicture",
    "PictureError",
    "clean_new_picture",
    "clean_picture",
    "clean_stored_picture",
    "enqueue_text_extraction",
    "extract_text",
    "read_duration",
    "record_indexed_pictures",
    "record_saved_page",
    "upload_error",
]
