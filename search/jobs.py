"""Background jobs of search."""

from . import actions


def apply_changes() -> str:
    """Bring the index up to date; idempotent and safe to run concurrently."""
    done = actions.apply_changes()
    actions.drop_old_generations()
    words = f"{done.items} items, {done.changed} changed, {done.failed} postponed"
    told = actions.deliver()
    if told == actions.DeliveryResult():
        return words
    return f"{words}; {told.sent} delivered, {told.refused} refused {told.unavailable}".strip()


def forget_terms() -> str:
    """Delete search terms older than half a year; scheduled daily."""
    return f"deleted {actions.forget_terms()}"
