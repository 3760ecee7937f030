import smtplib
import uuid
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db.models import F
from django.utils import timezone

from mail.models import OutgoingMail

# How long after each failed attempt the next one waits; after the last one we give up.
WAITS = tuple(timedelta(minutes=m) for m in (1, 5, 15, 60, 180, 360, 720, 1440))
# No attempt lasts as long as this: whoever claimed a mail earlier has died.
CLAIM_LASTS = timedelta(minutes=10)
ROUND = 100


def deliver_mail(*, mail_id: int) -> bool:
    """The mail is handed to MAIL_TRANSPORT, by one worker only; True if this was the one
    and it went well.

    Whoever changes the row from waiting to being sent has it: a comparison and a
    change in one statement. A refusal for good is given up at once, everything else
    is tried again later.
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
        return False
    mail = OutgoingMail.objects.prefetch_related("attachments").get(pk=mail_id)
    try:
        get_connection(settings.MAIL_TRANSPORT).send_messages([_message(mail)])
    except Exception as error:  # whatever it is, the row says so and waits its turn
        _not_delivered(mail, error)
        return False
    _settle(mail, state=OutgoingMail.State.SENT, sent_at=timezone.now(), last_error="")
    return True


def deliver_due_mail() -> tuple[int, int]:
    """One round over everything that waits and is due, the claims of dead workers let go
    first. Returns how many were sent and how many were not."""
    now = timezone.now()
    OutgoingMail.objects.abandoned(since=now - CLAIM_LASTS).update(
        state=OutgoingMail.State.QUEUED, claim=None
    )
    due = OutgoingMail.objects.due(at=now).order_by("next_attempt_at")
    waiting = list(due.values_list("pk", flat=True)[:ROUND])
    sent = sum(deliver_mail(mail_id=pk) for pk in waiting)
    return sent, len(waiting) - sent


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


def _not_delivered(mail: OutgoingMail, error: Exception) -> None:
    words = f"{type(error).__name__}: {error}"[:2000]
    if _for_good(error) or mail.attempts > len(WAITS):
        _settle(mail, state=OutgoingMail.State.FAILED, last_error=words)
        return
    later = timezone.now() + WAITS[mail.attempts - 1]
    _settle(
        mail, state=OutgoingMail.State.QUEUED, next_attempt_at=later, last_error=words
    )


def _for_good(error: Exception) -> bool:
    """RFC 5321, 4.2.1: a reply of 5yz is permanent."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _words in error.recipients.values())  # noqa: PLR2004
    return (
        isinstance(error, smtplib.SMTPResponseException)
        and error.smtp_code >= 500  # noqa: PLR2004
        and not isinstance(error, smtplib.SMTPAuthenticationError)
    )


def _settle(mail: OutgoingMail, **changes: object) -> None:
    """Only the claim that this worker holds is settled."""
    OutgoingMail.objects.filter(pk=mail.pk, claim=mail.claim).update(
        claim=None, **changes
    )
