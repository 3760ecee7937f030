"""Generate the files of the demonstration: PDF, Word, floor plans, chimes."""

from .chime import chime
from .floor_plan import plan
from .pdf import pdf
from .word import word

__all__ = ["chime", "pdf", "plan", "word"]
