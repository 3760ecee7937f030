"""“Did you mean”: spelling corrections from words that the user may see.

A correction is shown only if it finds something for this user.
"""

from .correcting import corrections
from .suggesting import did_you_mean
from .tokens import TypedWord, read_words

__all__ = ["TypedWord", "corrections", "did_you_mean", "read_words"]
