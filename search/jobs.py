"""Background work of search."""

from . import actions


def apply_changes() -> str:
    """Bring the index up to date; harmless to repeat, at any time, in any number."""
    done = actions.apply_changes()
    actions.drop_old_generations()
    words = f"{done.items} items, {done.changed} changed, {done.failed} put off"
    told = actions.deliver()
    if told == actions.DeliveryResult():
        return words
    return f"{words}; {told.sent} delivered, {told.refused} refused {told.unavailable}".strip()


def forget_terms() -> str:
    """Once a day: nobody needs to know what was searched for half a year ago."""
    return f"forgot {actions.forget_terms()}"
