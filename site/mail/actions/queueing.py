from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from email.mime.base import MIMEBase
from email.utils import formatdate, make_msgid, parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage  # noqa: TID251  (the queue)
from django.db import transaction
from django.utils import timezone

from mail.models import MailAttachment, MailRecipient, OutgoingMail, Priority
from mail.registry import About, why_not
from operations.actions import enqueue

JOB = "mail.jobs.deliver"
# Django's mail API has no room for these two but the headers; they are never sent.
PRIORITY_HEADER = "X-Everydoor-Priority"
KEY_HEADER = "X-Everydoor-Key"
# Neither Wagtail's functions nor Django's message have room for what a mail is about.
_about: ContextVar[About | None] = ContextVar("about", default=None)
_CANONICAL = {"message-id": "Message-ID", "date": "Date"}


class MailError(Exception):
    """A mail cannot be handled."""


class UnstorableMailError(MailError):
    """A part of the message cannot be stored; attach by name, content and type."""


class MailWithheldError(MailError):
    """Its recipient may not see what the message is about."""


@contextmanager
def mail_about(about: About) -> Iterator[None]:
    """Make every mail that is queued inside the block be about the row.

    It goes only to an address that the rule lets read of the row, now and when it is sent.
    """
    token = _about.set(about)
    try:
        yield
    finally:
        _about.reset(token)


def delivery_headers(*, urgent: bool = False, key: str = "") -> dict[str, str]:
    """Return headers that tell the outbox how to deliver a message; they are not sent.

    Urgent mail has a worker of its own. Of several messages with the same key only the
    first is queued; without a key, every message is.
    """
    headers = {PRIORITY_HEADER: "urgent"} if urgent else {}
    return {**headers, KEY_HEADER: key} if key else headers


@transaction.atomic
def queue_mail(*, message: EmailMessage) -> OutgoingMail:
    """Store the message in the caller's transaction; a worker sends it after the commit.

    Returns the stored mail: an earlier one, if there is one with the message's key.
    Message-ID and Date are set here, so that a mailbox can recognize a message that it
    receives twice. If MAIL_TRANSPORT is empty, the mail is stored and never sent.

    Raises MailWithheldError, UnstorableMailError, and what Django raises for an invalid
    message, such as a line break in a header.
    """
    message.message()
    about = _about.get()
    if about is not None:
        _check_recipient(message, about)
    headers = _headers(message)
    priority = _priority(headers.pop(PRIORITY_HEADER, "bulk"))
    key = headers.pop(KEY_HEADER, headers["Message-ID"])
    mail, created = OutgoingMail.objects.get_or_create(
        key=key,
        defaults={
            **_fields(message),
            **_about_fields(about),
            "priority": priority,
            "headers": headers,
        },
    )
    if created:
        _store_parts(mail, message)
        if mail.state == OutgoingMail.State.QUEUED:
            enqueue(JOB, mail.pk, queue=mail.queue)
    return mail


def was_withheld(*, key: str) -> bool:
    """Return whether the mail with this key was not sent, as its reader might not read it."""
    withheld = OutgoingMail.objects.filter(state=OutgoingMail.State.WITHHELD)
    return withheld.filter(key=key).exists()


def _check_recipient(message: EmailMessage, about: About) -> None:
    """Refuse a message about a row to several people, or to one who may not see the row.

    Each gets a message of their own, so that nobody learns who else may see it.
    """
    recipients = message.recipients()
    if len(recipients) != 1:
        raise UnstorableMailError("Mail about a row goes to one recipient.")
    email = MailRecipient.email_of(str(recipients[0]))
    if reason := why_not(about, email=email):
        raise MailWithheldError(reason)


def _about_fields(about: About | None) -> dict[str, str]:
    if about is None:
        return {}
    return {"about_rule": about.rule, "about_key": about.key}


def _fields(message: EmailMessage) -> dict[str, Any]:
    state = OutgoingMail.State
    return {
        "state": state.QUEUED if settings.MAIL_TRANSPORT else state.LOCAL,
        "next_attempt_at": timezone.now(),
        "from_email": str(message.from_email),
        "reply_to": [str(address) for address in message.reply_to],
        "subject": str(message.subject),
        "text": str(message.body),
        "text_subtype": message.content_subtype,
        "html": _html(message),
    }


def _priority(name: str) -> Priority:
    try:
        return Priority[name.upper()]
    except KeyError:
        raise UnstorableMailError(f"There is no priority “{name}”.") from None


def _store_parts(mail: OutgoingMail, message: EmailMessage) -> None:
    MailRecipient.objects.bulk_create(
        MailRecipient.of(mail=mail, kind=kind, address=str(address))
        for kind in MailRecipient.Kind
        for address in getattr(message, kind.value)
    )
    MailAttachment.objects.bulk_create(
        MailAttachment(mail=mail, **part) for part in _attachments(message)
    )


def _headers(message: EmailMessage) -> dict[str, str]:
    """Return the message's own headers, with a Message-ID and a Date in any case."""
    given = {
        _CANONICAL.get(name.lower(), name): str(value)
        for name, value in message.extra_headers.items()
    }
    domain = parseaddr(str(message.from_email))[1].rpartition("@")[2]
    return {
        "Message-ID": make_msgid(domain=domain or "localhost"),
        "Date": formatdate(localtime=settings.EMAIL_USE_LOCALTIME),
        **given,
    }


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
