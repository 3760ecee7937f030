"""A queued mail is sent once, by one worker, and retried until it is."""

import smtplib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.core import mail as django_mail
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.locmem import EmailBackend as LocmemBackend
from django.db import IntegrityError, transaction
from django.utils import timezone

from mail.actions import deliver_due_mail, deliver_mail, delivery, queue_mail
from mail.actions.delivery import CLAIM_EXPIRES_AFTER, RETRY_DELAYS
from mail.jobs import deliver, deliver_due, deliver_due_urgent
from mail.models import OutgoingMail

from .messages import queued

State = OutgoingMail.State
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
OTHER_CLAIM = UUID("6f9619ff-8b86-4d01-b42d-00cf4fc964ff")
pytestmark = pytest.mark.django_db


def subjects() -> list[str]:
    return [str(message.subject) for message in django_mail.outbox]


def test_what_is_sent_is_what_was_queued() -> None:
    message = EmailMultiAlternatives(
        "Søker du hjelp?",
        "Plain – words",
        "Door <door@example.org>",
        ["Ann <ann@example.org>", "bo@example.org"],
        bcc=["hidden@example.org"],
        cc=["copy@example.org"],
        reply_to=["reply@example.org"],
        headers={"X-Room": "7"},
    )
    message.attach_alternative("<p>HTML – words</p>", "text/html")
    message.attach("agenda.txt", "First: tea", "text/plain")
    message.attach("door.png", b"\x89PNG\x00\xff", "image/png")
    mail = queue_mail(message=message)
    assert deliver_mail(mail_id=mail.pk)
    (sent,) = django_mail.outbox
    assert isinstance(sent, EmailMultiAlternatives)
    for name in ("subject", "body", "from_email", "to", "cc", "bcc", "reply_to"):
        assert getattr(sent, name) == getattr(message, name), name
    assert [tuple(each) for each in sent.alternatives] == [
        ("<p>HTML – words</p>", "text/html")
    ]
    assert [tuple(each) for each in sent.attachments] == [
        ("agenda.txt", "First: tea", "text/plain"),
        ("door.png", b"\x89PNG\x00\xff", "image/png"),
    ]
    assert sent.extra_headers["X-Room"] == "7"
    assert sent.extra_headers["Message-ID"].endswith("@example.org>")
    mail.refresh_from_db()
    assert (mail.state, mail.attempts, mail.claim) == (State.SENT, 1, None)
    assert mail.sent_at is not None


def test_a_second_delivery_sends_nothing() -> None:
    mail = queued()
    deliver(mail.pk)
    deliver(mail.pk)
    assert len(django_mail.outbox) == 1


def test_a_mail_that_is_not_due_is_not_sent() -> None:
    mail = queued()
    OutgoingMail.objects.update(next_attempt_at=timezone.now() + timedelta(minutes=1))
    assert not deliver_mail(mail_id=mail.pk)
    assert django_mail.outbox == []


@pytest.fixture
def while_sending(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Run something between the claim and the end of a delivery."""

    def run(action: Callable[[], object]) -> None:
        send = LocmemBackend.send_messages

        def send_slowly(self: LocmemBackend, messages: Any) -> int:
            monkeypatch.setattr(LocmemBackend, "send_messages", send)  # only once
            action()
            return send(self, messages)

        monkeypatch.setattr(LocmemBackend, "send_messages", send_slowly)

    return run


def test_while_one_worker_sends_a_mail_no_other_does(
    while_sending: Callable[..., None],
) -> None:
    mail = queued()
    others: list[object] = []
    while_sending(
        lambda: others.extend([deliver_mail(mail_id=mail.pk), deliver_due_mail()])
    )
    assert deliver_mail(mail_id=mail.pk)
    assert others == [False, (0, 0)]
    assert len(django_mail.outbox) == 1


def test_a_worker_whose_claim_expired_does_not_change_the_mail_of_the_next(
    while_sending: Callable[..., None],
) -> None:
    mail = queued()
    while_sending(lambda: OutgoingMail.objects.update(claim=OTHER_CLAIM))
    deliver_mail(mail_id=mail.pk)
    mail.refresh_from_db()
    assert (mail.state, mail.claim) == (State.SENDING, OTHER_CLAIM)
    assert mail.sent_at is None


class Refusing:
    """A transport that answers each mail with the next of some errors."""

    errors: list[Exception] = []

    def __init__(self, **_options: Any) -> None: ...

    def send_messages(self, messages: Any) -> int:
        raise self.errors.pop(0)


@pytest.fixture
def refused(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    def with_errors(*errors: Exception) -> None:
        settings.MAIL_TRANSPORT = f"{__name__}.Refusing"
        monkeypatch.setattr(Refusing, "errors", list(errors))
        monkeypatch.setattr(delivery, "get_connection", lambda name: Refusing())

    return with_errors


def test_a_failed_mail_is_retried_after_longer_and_longer_until_it_has_failed(
    refused: Callable[..., None],
) -> None:
    refused(*(OSError("connection lost") for _ in range(len(RETRY_DELAYS) + 1)))
    with time_machine.travel(NOW, tick=False) as clock:
        mail = queued()
        for attempt, delay in enumerate(RETRY_DELAYS, start=1):
            assert deliver_due_mail() == (0, 1)
            mail.refresh_from_db()
            assert (mail.state, mail.attempts) == (State.QUEUED, attempt)
            assert mail.next_attempt_at == timezone.now() + delay
            assert "connection lost" in mail.last_error
            assert deliver_due_mail() == (0, 0)
            clock.shift(delay)
        deliver_due_mail()
    mail.refresh_from_db()
    assert mail.state == State.FAILED


@pytest.mark.parametrize(
    "error",
    [
        smtplib.SMTPRecipientsRefused({"a@example.org": (550, b"no such user")}),
        smtplib.SMTPDataError(554, b"refused"),
        smtplib.SMTPDataError(500, b"refused"),
    ],
)
def test_a_permanent_refusal_is_not_retried(
    refused: Callable[..., None], error: Exception
) -> None:
    refused(error)
    mail = queued()
    deliver_mail(mail_id=mail.pk)
    mail.refresh_from_db()
    assert mail.state == State.FAILED
    assert mail.last_error.startswith(type(error).__name__)


@pytest.mark.parametrize(
    "error",
    [
        smtplib.SMTPRecipientsRefused(
            {"a@example.org": (450, b"later"), "b@example.org": (550, b"never")}
        ),
        smtplib.SMTPDataError(451, b"later"),
        smtplib.SMTPServerDisconnected("gone"),
        smtplib.SMTPAuthenticationError(535, b"a password that somebody will correct"),
        TimeoutError("too slow"),
    ],
)
def test_a_temporary_error_is_retried(
    refused: Callable[..., None], error: Exception
) -> None:
    refused(error)
    mail = queued()
    deliver_mail(mail_id=mail.pk)
    mail.refresh_from_db()
    assert mail.state == State.QUEUED


def test_one_mail_that_fails_does_not_stop_a_sweep(
    refused: Callable[..., None],
) -> None:
    refused(OSError("one"), OSError("two"))
    queued()
    queued()
    assert deliver_due_mail() == (0, 2)


def test_a_mail_whose_worker_died_is_sent_once_its_claim_expires() -> None:
    mail = queued()
    OutgoingMail.objects.update(
        state=State.SENDING, claim=OTHER_CLAIM, claimed_at=timezone.now()
    )
    assert deliver_due_mail() == (0, 0)
    OutgoingMail.objects.update(
        claimed_at=timezone.now() - CLAIM_EXPIRES_AFTER - timedelta(seconds=1)
    )
    assert deliver_due() == "sent 1, not sent 0"
    mail.refresh_from_db()
    assert mail.state == State.SENT


def test_a_sweep_sends_urgent_mail_first_then_the_oldest() -> None:
    for subject, urgent in (("old", False), ("new", False), ("code", True)):
        queued(subject=subject, urgent=urgent)
    OutgoingMail.objects.filter(subject="old").update(
        next_attempt_at=timezone.now() - timedelta(hours=1)
    )
    assert deliver_due_mail() == (3, 0)
    assert subjects() == ["code", "old", "new"]


def test_the_urgent_sweep_leaves_bulk_mail_alone() -> None:
    queued(subject="newsletter")
    queued(subject="code", urgent=True)
    assert deliver_due_urgent() == "sent 1, not sent 0"
    assert subjects() == ["code"]


def test_a_sweep_ends_after_its_seconds_and_the_next_continues(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    queued()
    queued()
    monkeypatch.setattr(delivery, "SWEEP_SECONDS", 0)
    assert deliver_due_mail() == (1, 0)
    assert deliver_due_mail() == (1, 0)


def test_mail_stored_without_a_transport_is_not_sent_later(settings: Any) -> None:
    transport, settings.MAIL_TRANSPORT = settings.MAIL_TRANSPORT, ""
    queued()
    settings.MAIL_TRANSPORT = transport
    assert deliver_due_mail() == (0, 0)


@pytest.mark.parametrize(
    "changes",
    [
        {"state": State.SENDING, "claim": None},
        {"state": State.QUEUED, "claim": OTHER_CLAIM},
        {"state": State.SENT, "sent_at": None},
        {"state": State.QUEUED, "sent_at": NOW},
    ],
)
def test_the_database_refuses_a_state_that_contradicts_the_row(
    changes: dict[str, Any],
) -> None:
    queued()
    with pytest.raises(IntegrityError), transaction.atomic():
        OutgoingMail.objects.update(**changes)
