"""The backend behind `send_mail` and the mail of every package: EMAIL_BACKEND."""

from collections.abc import Sequence

from django.core.mail import EmailMessage  # noqa: TID251  (the queue)
from django.core.mail.backends.base import BaseEmailBackend  # noqa: TID251

from .actions import MailWithheldError, queue_mail


class OutboxBackend(BaseEmailBackend):
    """Queues each message in the caller's transaction; sends nothing itself."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Queue the messages that have a recipient; return how many those are.

        A message is skipped if its recipient may not see what it is about.
        """
        addressed = [message for message in email_messages if message.recipients()]
        return sum(map(_queue, addressed))


def _queue(message: EmailMessage) -> bool:
    try:
        queue_mail(message=message)
    except MailWithheldError:
        return False
    return True
