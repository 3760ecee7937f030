"""Files that the demonstration makes itself: sheets as PDF and Word, and a soft chime."""

from .chime import chime
from .pdf import pdf
from .word import word

__all__ = ["chime", "pdf", "word"]
