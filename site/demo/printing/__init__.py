"""Files that the demonstration makes itself: PDF, Word, a floor plan, a soft chime."""

from .chime import chime
from .floor_plan import plan
from .pdf import pdf
from .word import word

__all__ = ["chime", "pdf", "plan", "word"]
