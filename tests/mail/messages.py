"""Messages that tests of mail queue."""

from typing import Any

from django.core.mail import EmailMessage

from mail.actions import delivery_headers, queue_mail
from mail.models import OutgoingMail

OUTBOX = "mail.backends.OutboxBackend"
LOCMEM = "django.core.mail.backends.locmem.EmailBackend"


def queued(*, urgent: bool = False, key: str = "", **changes: Any) -> OutgoingMail:
    """Queue a message to a@example.org, unless `changes` says otherwise."""
    fields: dict[str, Any] = {
        "subject": "Hello",
        "body": "Come in.",
        "to": ["a@example.org"],
        "headers": delivery_headers(urgent=urgent, key=key),
    }
    return queue_mail(message=EmailMessage(**{**fields, **changes}))
