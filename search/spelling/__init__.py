"""Did you mean: other words for those that the library does not know.

Words come from what the person may see, and what is suggested was searched for as that
person before it is shown.
"""

from .correcting import corrections
from .suggesting import did_you_mean
from .tokens import TypedWord, read_words

__all__ = ["TypedWord", "corrections", "did_you_mean", "read_words"]
