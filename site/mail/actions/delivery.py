import smtplib
import time
import uuid
from datetime import timedelta

from django.conf import settings
from django.core.mail import (  # noqa: TID251  (the queue)
    EmailMultiAlternatives,
    get_connection,
)
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from mail.access import why_withheld
from mail.models import MailAttachment, OutgoingMail, Priority

# How long to wait after each failed attempt; after the last one, delivery has failed.
RETRY_DELAYS = tuple(
    timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360, 720, 1440)
)
# No attempt takes this long, so a worker with an older claim has died.
CLAIM_EXPIRES_AFTER = timedelta(minutes=10)
# Bounds of one sweep: with a server that times out, each mail takes EMAIL_TIMEOUT.
SWEEP_SIZE = 100
SWEEP_SECONDS = 30


def deliver_mail(*, mail_id: int) -> bool:
    """Send the mail through MAIL_TRANSPORT; return whether this call has sent it.

    Only one worker can claim a mail, and only a due one, so calling this twice sends
    nothing twice. A mail that its recipient may not read any more is withheld for good. A
    permanent refusal (RFC 5321, 4.2.1) is final; after any other error, one while rights are
    asked included, the mail is due again later.
    """
    mail = _claim(mail_id)
    if mail is None:
        return False
    try:
        if reason := why_withheld(mail):
            _withhold(mail, reason)
            return False
        get_connection(settings.MAIL_TRANSPORT).send_messages([_message(mail)])
    except Exception as error:  # whatever it is must not stop the rest of a sweep
        _record_failure(mail, error)
        return False
    _release(mail, state=OutgoingMail.State.SENT, sent_at=timezone.now(), last_error="")
    return True


def deliver_due_mail(*, urgent_only: bool = False) -> tuple[int, int]:
    """Deliver mail that is due, urgent first; return how many were sent, how many not.

    First releases the claims of workers that have died. Stops after SWEEP_SIZE mails or
    SWEEP_SECONDS; the next sweep continues.
    """
    now = timezone.now()
    OutgoingMail.objects.abandoned(since=now - CLAIM_EXPIRES_AFTER).update(
        state=OutgoingMail.State.QUEUED, claim=None
    )
    due = OutgoingMail.objects.due(at=now).in_delivery_order()
    if urgent_only:
        due = due.filter(priority=Priority.URGENT)
    deadline = time.monotonic() + SWEEP_SECONDS
    outcomes = []
    for mail_id in list(due.values_list("pk", flat=True)[:SWEEP_SIZE]):
        outcomes.append(deliver_mail(mail_id=mail_id))
        if time.monotonic() > deadline:
            break
    return sum(outcomes), len(outcomes) - sum(outcomes)


def _claim(mail_id: int) -> OutgoingMail | None:
    """Take the mail for this worker; None if it is not due or another one has it.

    Comparing and changing the row in one statement lets only one worker succeed.
    """
    now, claim = timezone.now(), uuid.uuid4()
    claimed = (
        OutgoingMail.objects.due(at=now)
        .filter(pk=mail_id)
        .update(
            state=OutgoingMail.State.SENDING,
            claim=claim,
            claimed_at=now,
            attempts=F("attempts") + 1,
        )
    )
    if not claimed:
        return None
    return OutgoingMail.objects.with_parts().filter(pk=mail_id, claim=claim).first()


def _message(mail: OutgoingMail) -> EmailMultiAlternatives:
    message = EmailMultiAlternatives(
        subject=mail.subject,
        body=mail.text,
        from_email=mail.from_email,
        to=mail.to,
        cc=mail.cc,
        bcc=mail.bcc,
        reply_to=mail.reply_to,
        headers=mail.headers,
    )
    message.content_subtype = mail.text_subtype
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    for part in mail.attachments.all():
        message.attach(part.name or None, bytes(part.content), part.media_type)
    return message


def _withhold(mail: OutgoingMail, reason: str) -> None:
    """Settle the mail as withheld, and delete the content that nobody may read."""
    state = OutgoingMail.State.WITHHELD
    with transaction.atomic():
        _release(mail, state=state, last_error=reason, text="", html="")
        MailAttachment.objects.filter(mail=mail, mail__state=state).delete()


def _record_failure(mail: OutgoingMail, error: Exception) -> None:
    reason = f"{type(error).__name__}: {error}"[:2000]
    if _is_permanent(error) or mail.attempts > len(RETRY_DELAYS):
        _release(mail, state=OutgoingMail.State.FAILED, last_error=reason)
        return
    _release(
        mail,
        state=OutgoingMail.State.QUEUED,
        next_attempt_at=timezone.now() + RETRY_DELAYS[mail.attempts - 1],
        last_error=reason,
    )


def _is_permanent(error: Exception) -> bool:
    """Return whether the server refused for good: a reply of 5yz (RFC 5321, 4.2.1).

    A refused password is not: an operator will correct it.
    """
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _text in error.recipients.values())  # noqa: PLR2004
    return (
        isinstance(error, smtplib.SMTPResponseException)
        and error.smtp_code >= 500  # noqa: PLR2004
        and not isinstance(error, smtplib.SMTPAuthenticationError)
    )


def _release(mail: OutgoingMail, **changes: object) -> None:
    """Give up this worker's claim and store what came of it.

    Changes nothing if the claim has expired and another worker has the mail now.
    """
    OutgoingMail.objects.filter(pk=mail.pk, claim=mail.claim).update(
        claim=None, **changes
    )
