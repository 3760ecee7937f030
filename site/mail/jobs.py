"""Background work of mail."""

from .actions import deliver_due_mail, deliver_mail, forget_old_mail


def deliver(mail_id: int) -> None:
    """Send one mail; harmless to repeat, for a mail is claimed by one worker only."""
    deliver_mail(mail_id=mail_id)


def deliver_due() -> str:
    """Once a minute: what failed before is tried again, what a dead worker left is
    taken up."""
    sent, waiting = deliver_due_mail()
    return f"sent {sent}, not sent {waiting}"


def forget_old() -> str:
    """Once a day: codes, addresses and words are not kept longer than they are needed."""
    return f"forgot {forget_old_mail()}"
