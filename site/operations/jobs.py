"""Background work that belongs to no other app."""

from django.core.management import call_command

from .actions import beat


def heartbeat() -> None:
    """Proof, once a minute, that the schedule, the queue and the worker work."""
    beat()


def forget_old_sign_ins() -> None:
    """Sessions that ran out are taken away."""
    call_command("clearsessions")
