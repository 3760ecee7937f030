"""Building the demonstration community, through the same actions that people's work uses."""

from .community import build_community
from .tally import Tally

__all__ = ["Tally", "build_community"]
