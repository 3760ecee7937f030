"""Background work of operations."""

from django.core.management import call_command

from .actions import record_heartbeat


def heartbeat() -> None:
    """Record, once a minute, that schedule, queue and worker all work."""
    record_heartbeat()


def delete_expired_sessions() -> None:
    """Delete the sign-in sessions that have expired."""
    call_command("clearsessions")
