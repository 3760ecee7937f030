"""Background work of mail."""

from .actions import delete_old_mail, deliver_due_mail, deliver_mail


def deliver(mail_id: int) -> None:
    """Deliver one mail; idempotent, because only one worker can claim it."""
    deliver_mail(mail_id=mail_id)


def deliver_due() -> str:
    """Retry, once a minute, mail that failed or whose worker died, urgent mail first."""
    return _report(*deliver_due_mail())


def deliver_due_urgent() -> str:
    """Retry urgent mail only, once a minute: bulk mail must not delay it."""
    return _report(*deliver_due_mail(urgent_only=True))


def delete_old() -> str:
    """Delete finished mail, once a day, with its codes and addresses."""
    return f"deleted {delete_old_mail()}"


def _report(sent: int, failed: int) -> str:
    return f"sent {sent}, not sent {failed}"
