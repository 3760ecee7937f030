"""Background work that belongs to no other app."""

from django.core.management import call_command

from .actions import beat


def heartbeat() -> None:
    """Proof, once a minute, that the schedule, the queue and the worker work."""
    beat()


def publish_scheduled() -> None:
    """Pages whose time has come go live, and those that have run out come down."""
    call_command("publish_scheduled")


def forget_old_sign_ins() -> None:
    """Sessions that ran out are taken away."""
    call_command("clearsessions")
