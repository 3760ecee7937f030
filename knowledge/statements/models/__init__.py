"""Policy statements, what they ask for, and the organizations that endorse them."""

from .asks import Ask
from .endorsements import Endorsement
from .statements import StatementPage

__all__ = ["Ask", "Endorsement", "StatementPage"]
