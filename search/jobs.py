"""Background jobs of search."""

import math

from django.conf import settings

from operations.registry import Queue

from . import actions

#: Sign-in codes share the urgent queue, so a job in it must be short.
URGENT_SECONDS = 2.0


def apply_changes() -> str:
    """Bring the index up to date; idempotent and safe to run concurrently.

    In the urgent queue it stops after two seconds, and the rest is done in the bulk queue.
    """
    urgent = settings.WORKER_QUEUE == Queue.URGENT
    seconds = URGENT_SECONDS if urgent else math.inf
    done = actions.apply_changes(seconds=seconds)
    actions.drop_old_generations()
    words = f"{done.items} items, {done.changed} changed, {done.failed} postponed"
    told = actions.deliver(seconds=seconds)
    if urgent and (done.items or told.sent):
        actions.continue_in_bulk()
    if told == actions.DeliveryResult():
        return words
    return f"{words}; {told.sent} delivered, {told.refused} refused {told.unavailable}".strip()


def forget_terms() -> str:
    """Delete what is no longer needed to count search terms; scheduled hourly."""
    return f"deleted {actions.forget_terms()}"
