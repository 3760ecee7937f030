from email.mime.base import MIMEBase
from email.utils import formatdate, make_msgid, parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone

from mail.models import MailAttachment, OutgoingMail
from operations.actions import enqueue

JOB = "mail.jobs.deliver"


class MailError(Exception):
    """A mail cannot be handled."""


class UnstorableMailError(MailError):
    """A part of the message cannot be kept in a row; attach by name, content and type."""


@transaction.atomic
def accept_mail(*, message: EmailMessage) -> OutgoingMail:
    """The message is a row in the caller's transaction, and is sent if that is committed.

    Its Message-ID and Date are settled here, so that a mailbox that is given it twice
    can tell. Where MAIL_TRANSPORT is empty it stays in the house.
    Raises UnstorableMailError, and whatever Django refuses: a line break in a header, say.
    """
    message.message()
    kept = not settings.MAIL_TRANSPORT
    mail = OutgoingMail.objects.create(
        state=OutgoingMail.State.KEPT if kept else OutgoingMail.State.QUEUED,
        next_attempt_at=timezone.now(),
        headers=_headers(message),
        html=_html(message),
        **_words(message),
    )
    MailAttachment.objects.bulk_create(
        MailAttachment(mail=mail, **part) for part in _attachments(message)
    )
    if not kept:
        enqueue(JOB, mail.pk)
    return mail


def _words(message: EmailMessage) -> dict[str, Any]:
    return {
        "from_email": str(message.from_email),
        "to": [str(address) for address in message.to],
        "cc": [str(address) for address in message.cc],
        "bcc": [str(address) for address in message.bcc],
        "reply_to": [str(address) for address in message.reply_to],
        "subject": str(message.subject),
        "text": str(message.body),
        "text_subtype": message.content_subtype,
    }


def _headers(message: EmailMessage) -> dict[str, str]:
    headers = {name: str(value) for name, value in message.extra_headers.items()}
    known = {name.lower() for name in headers}
    if "message-id" not in known:
        domain = parseaddr(str(message.from_email))[1].rpartition("@")[2]
        headers["Message-ID"] = make_msgid(domain=domain or "localhost")
    if "date" not in known:
        headers["Date"] = formatdate(localtime=settings.EMAIL_USE_LOCALTIME)
    return headers


def _html(message: EmailMessage) -> str:
    html = ""
    for content, media_type in getattr(message, "alternatives", None) or []:
        if media_type != "text/html" or html:
            raise UnstorableMailError(f"An alternative of the type {media_type}.")
        html = str(content)
    return html


def _attachments(message: EmailMessage) -> list[dict[str, Any]]:
    parts = []
    for attachment in message.attachments:
        if isinstance(attachment, MIMEBase):
            raise UnstorableMailError("An attachment that is a MIME part of its own.")
        name, content, media_type = attachment
        data = content.encode() if isinstance(content, str) else bytes(content)
        parts.append({"name": name or "", "media_type": media_type, "content": data})
    return parts
