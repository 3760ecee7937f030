"""Files that the demonstration makes itself: PDF, Word, a floor plan, a soft chime."""

from .chime import chime
from .pdf import pdf
from .plan import plan
from .word import word

__all__ = ["chime", "pdf", "plan", "word"]
