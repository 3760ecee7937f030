"""Background work of search."""

from . import actions


def apply_changes() -> str:
    """Bring the index up to date; harmless to repeat, at any time, in any number."""
    done = actions.apply_changes()
    actions.clear_away()
    told = actions.deliver()
    return (
        f"{done.items} items, {done.changed} changed, {done.failed} put off; "
        f"{told.sent} delivered, {told.refused} refused {told.away}".rstrip()
    )


def forget_terms() -> str:
    """Once a day: nobody needs to know what was searched for half a year ago."""
    return f"forgot {actions.forget_terms()}"
