"""A mail is a row first, and leaves the house once."""

import smtplib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail as django_mail
from django.core.mail import EmailMessage, EmailMultiAlternatives, send_mail
from django.core.mail.backends.locmem import EmailBackend as LocMemBackend
from django.db import transaction
from django.utils import timezone
from django_q.models import OrmQ

from mail.actions import (
    UnstorableMailError,
    accept_mail,
    deliver_due_mail,
    deliver_mail,
    forget_mail_to,
)
from mail.actions.deliver import CLAIM_LASTS, WAITS
from mail.jobs import forget_old
from mail.models import OutgoingMail

OUTBOX = "mail.backends.OutboxBackend"
LOCAL = "django.core.mail.backends.locmem.EmailBackend"
State = OutgoingMail.State

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _outbox(settings: Any) -> None:
    settings.EMAIL_BACKEND = OUTBOX
    settings.MAIL_TRANSPORT = LOCAL


def accepted(**changes: Any) -> OutgoingMail:
    words: dict[str, Any] = {
        "subject": "Hello",
        "body": "Come in.",
        "to": ["a@example.org"],
    }
    return accept_mail(message=EmailMessage(**{**words, **changes}))


def test_a_mail_is_a_row_and_a_job_and_is_not_sent_yet() -> None:
    send_mail("Hello", "Come in.", None, ["a@example.org"])
    mail = OutgoingMail.objects.get()
    assert (mail.state, mail.subject, mail.to) == (
        State.QUEUED,
        "Hello",
        ["a@example.org"],
    )
    assert OrmQ.objects.count() == 1
    assert django_mail.outbox == []


def test_a_mail_dies_with_the_transaction_that_wrote_it() -> None:
    with transaction.atomic():
        send_mail("Hello", "Come in.", None, ["a@example.org"])
        transaction.set_rollback(True)
    assert not OutgoingMail.objects.exists()
    assert not OrmQ.objects.exists()


def test_what_is_delivered_is_what_was_accepted() -> None:
    message = EmailMultiAlternatives(
        "Søker du hjelp?",
        "Plain – words",
        "Door <door@example.org>",
        ["Ann <ann@example.org>"],
        bcc=["hidden@example.org"],
        cc=["copy@example.org"],
        reply_to=["reply@example.org"],
        headers={"X-Room": "7"},
    )
    message.attach_alternative("<p>HTML – words</p>", "text/html")
    message.attach("agenda.txt", "First: tea", "text/plain")
    message.attach("door.png", b"\x89PNG\x00\xff", "image/png")
    mail = accept_mail(message=message)
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
    mail = accepted()
    assert deliver_mail(mail_id=mail.pk)
    assert not deliver_mail(mail_id=mail.pk)
    assert len(django_mail.outbox) == 1


def test_while_one_worker_sends_another_leaves_the_mail_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    mail, second = accepted(), []
    send = LocMemBackend.send_messages

    def send_slowly(self: LocMemBackend, messages: Any) -> int:
        second.append(deliver_mail(mail_id=mail.pk))
        second.append(deliver_due_mail())
        return send(self, messages)

    monkeypatch.setattr(LocMemBackend, "send_messages", send_slowly)
    assert deliver_mail(mail_id=mail.pk)
    assert second == [False, (0, 0)]
    assert len(django_mail.outbox) == 1


class Refusing:
    """A transport that answers each mail with the next of some errors."""

    errors: list[Exception] = []

    def __init__(self, **_options: Any) -> None: ...

    def send_messages(self, messages: Any) -> int:
        raise self.errors.pop(0)


@pytest.fixture
def refused(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    def with_errors(*errors: Exception) -> None:
        monkeypatch.setattr(Refusing, "errors", list(errors))
        monkeypatch.setattr(
            "mail.actions.deliver.get_connection", lambda name: Refusing()
        )

    return with_errors


NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def test_a_mail_that_failed_waits_longer_each_time_and_is_given_up(
    refused: Callable[..., None],
) -> None:
    refused(*(OSError("the line is dead") for _ in range(len(WAITS) + 1)))
    with time_machine.travel(NOW, tick=False) as clock:
        mail = accepted()
        for attempt, wait in enumerate(WAITS, start=1):
            assert deliver_due_mail() == (0, 1)
            mail.refresh_from_db()
            assert (mail.state, mail.attempts) == (State.QUEUED, attempt)
            assert mail.next_attempt_at == timezone.now() + wait
            assert "the line is dead" in mail.last_error
            assert deliver_due_mail() == (0, 0)
            clock.shift(wait)
        deliver_due_mail()
    mail.refresh_from_db()
    assert mail.state == State.FAILED


@pytest.mark.parametrize(
    "error",
    [
        smtplib.SMTPRecipientsRefused({"a@example.org": (550, b"no such door")}),
        smtplib.SMTPDataError(554, b"not that"),
    ],
)
def test_a_refusal_for_good_is_given_up_at_once(
    refused: Callable[..., None], error: Exception
) -> None:
    refused(error)
    mail = accepted()
    deliver_mail(mail_id=mail.pk)
    mail.refresh_from_db()
    assert mail.state == State.FAILED
    assert mail.last_error.startswith(type(error).__name__)


@pytest.mark.parametrize(
    "error",
    [
        smtplib.SMTPRecipientsRefused({"a@example.org": (450, b"later")}),
        smtplib.SMTPServerDisconnected("gone"),
        smtplib.SMTPAuthenticationError(535, b"a password that somebody will mend"),
        TimeoutError("too slow"),
    ],
)
def test_a_passing_trouble_is_tried_again(
    refused: Callable[..., None], error: Exception
) -> None:
    refused(error)
    mail = accepted()
    deliver_mail(mail_id=mail.pk)
    mail.refresh_from_db()
    assert mail.state == State.QUEUED


def test_what_a_dead_worker_had_claimed_is_taken_up_later() -> None:
    mail = accepted()
    claim = "6f9619ff-8b86-4d01-b42d-00cf4fc964ff"
    OutgoingMail.objects.update(
        state=State.SENDING, claim=claim, claimed_at=timezone.now()
    )
    assert deliver_due_mail() == (0, 0)
    OutgoingMail.objects.update(
        claimed_at=timezone.now() - CLAIM_LASTS - timedelta(seconds=1)
    )
    assert deliver_due_mail() == (1, 0)
    mail.refresh_from_db()
    assert mail.state == State.SENT


def test_without_a_transport_mail_stays_in_the_house(settings: Any) -> None:
    settings.MAIL_TRANSPORT = ""
    mail = accepted()
    assert mail.state == State.KEPT
    assert not OrmQ.objects.exists()
    assert deliver_due_mail() == (0, 0)


def test_a_mail_to_nobody_is_no_mail() -> None:
    assert EmailMessage("Hello", "…", None, []).send() == 0
    assert not OutgoingMail.objects.exists()


def test_what_a_row_cannot_keep_is_refused_when_it_is_written() -> None:
    message = EmailMultiAlternatives("Hello", "…", None, ["a@example.org"])
    message.attach_alternative("BEGIN:VCALENDAR", "text/calendar")
    with pytest.raises(UnstorableMailError):
        accept_mail(message=message)


def test_a_line_break_in_a_header_is_refused_when_it_is_written() -> None:
    with pytest.raises(ValueError, match="newline"):
        accepted(subject="Hello\nBcc: everybody@example.org")
    assert not OutgoingMail.objects.exists()


def test_mail_that_is_over_is_forgotten_after_its_days(settings: Any) -> None:
    settings.MAIL_KEPT_DAYS = 30
    old, waiting = accepted(attachments=[("a.txt", "A", "text/plain")]), accepted()
    deliver_mail(mail_id=old.pk)
    settings.MAIL_TRANSPORT = ""
    kept = accepted()
    OutgoingMail.objects.update(accepted_at=timezone.now() - timedelta(days=29))
    assert forget_old() == "forgot 0"
    OutgoingMail.objects.update(accepted_at=timezone.now() - timedelta(days=31))
    young = accepted()
    assert forget_old() == "forgot 2"
    left = set(OutgoingMail.objects.values_list("pk", flat=True))
    assert left == {waiting.pk, young.pk}
    assert kept.pk not in left


def test_all_that_was_written_to_an_address_can_be_forgotten() -> None:
    for to in (["A@example.org"], ["b@example.org", "a@example.org"]):
        accepted(to=to)
    accepted(bcc=["a@example.org"], to=[])
    other = accepted(to=["aa@example.org"])
    forget_mail_to(addresses=["a@example.org"])
    assert OutgoingMail.objects.get() == other
