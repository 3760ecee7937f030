"""Build the demonstration community with the actions that the site itself uses."""

from .community import build_community
from .tally import Tally

__all__ = ["Tally", "build_community"]
