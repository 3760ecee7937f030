"""Changes to the asks and endorsements of policy statements."""

from .asks import add_ask, change_ask, move_ask, remove_ask
from .endorsements import (
    AlreadyEndorsedError,
    change_endorsement,
    endorse,
    withdraw_endorsement,
)

__all__ = [
    "AlreadyEndorsedError",
    "add_ask",
    "change_ask",
    "change_endorsement",
    "endorse",
    "move_ask",
    "remove_ask",
    "withdraw_endorsement",
]
