"""The backend behind `send_mail` and the mail of every package: EMAIL_BACKEND."""

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from .actions import queue_mail


class OutboxBackend(BaseEmailBackend):
    """Queues each message in the caller's transaction; sends nothing itself."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Queue the messages that have a recipient; return how many those are."""
        addressed = [message for message in email_messages if message.recipients()]
        for message in addressed:
            queue_mail(message=message)
        return len(addressed)
