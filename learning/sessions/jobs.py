"""Background jobs of sessions."""

from . import actions


def roll_forward() -> int:
    """List sessions under their next date once the one before is over. Idempotent."""
    return actions.roll_forward()
