"""Mail about a row goes only to somebody who may read of it, when queued and when sent."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core import mail as django_mail
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.utils import timezone
from django_q.models import OrmQ

from mail import registry
from mail.actions import (
    MailWithheldError,
    UnstorableMailError,
    delete_old_mail,
    deliver_due_mail,
    mail_about,
)
from mail.models import MailAttachment, OutgoingMail
from mail.registry import About, register_rule

from .messages import queued

State = OutgoingMail.State
ROOM = About(rule="tests.room", key="7")
REASON = "The room is closed."
pytestmark = pytest.mark.django_db


class Room:
    """A rule: who may read of room 7, and what it was asked."""

    def __init__(self) -> None:
        self.readers = {"a@example.org"}
        self.asked: list[tuple[str, str]] = []
        self.broken = False

    def __call__(self, key: str, email: str) -> str:
        self.asked.append((key, email))
        if self.broken:
            raise OSError("no answer")
        return "" if email in self.readers else REASON


@pytest.fixture
def room(monkeypatch: pytest.MonkeyPatch) -> Room:
    room = Room()
    monkeypatch.setattr(registry, "_rules", {})
    register_rule("tests.room", room)
    return room


@pytest.fixture
def mail(room: Room) -> OutgoingMail:
    """Return a mail about room 7, with an attachment, that waits to be sent."""
    with mail_about(ROOM):
        return queued(
            to=["Ann <A@Example.org>"],
            body="The plan of room 7",
            attachments=[("plan.txt", "Two doors", "text/plain")],
        )


def test_the_rule_is_asked_for_the_bare_address_in_lower_case(
    room: Room, mail: OutgoingMail
) -> None:
    assert mail.about == ROOM
    assert deliver_due_mail() == (1, 0)
    assert room.asked == [("7", "a@example.org")] * 2
    assert django_mail.outbox[0].body == "The plan of room 7"


def test_a_message_is_not_queued_for_somebody_who_may_not_read_it(room: Room) -> None:
    room.readers = set()
    with mail_about(ROOM), pytest.raises(MailWithheldError, match="closed"):
        queued()
    assert not OutgoingMail.objects.exists()
    assert not OrmQ.objects.exists()


def test_the_backend_queues_for_those_who_may_read_it(room: Room) -> None:
    with mail_about(ROOM):
        sent = [
            EmailMessage("Hello", "…", None, [to]).send()
            for to in ("b@example.org", "a@example.org")
        ]
    assert sent == [0, 1]
    assert OutgoingMail.objects.get().to == ["a@example.org"]


@pytest.mark.parametrize("field", ["to", "cc", "bcc"])
def test_mail_about_a_row_shows_nobody_who_else_gets_it(room: Room, field: str) -> None:
    room.readers |= {"b@example.org"}
    both = {"to": ["a@example.org"], field: ["a@example.org", "b@example.org"]}
    with mail_about(ROOM), pytest.raises(UnstorableMailError, match="one recipient"):
        queued(**both)
    assert not OutgoingMail.objects.exists()


def test_mail_is_withheld_if_its_recipient_may_not_read_it_any_more(
    room: Room, mail: OutgoingMail
) -> None:
    room.readers = set()
    assert deliver_due_mail() == (0, 1)
    mail.refresh_from_db()
    assert (mail.state, mail.last_error, mail.claim) == (State.WITHHELD, REASON, None)
    assert django_mail.outbox == []


def test_nothing_of_its_content_remains(room: Room, mail: OutgoingMail) -> None:
    OutgoingMail.objects.update(html="<p>The plan</p>")
    room.readers = set()
    deliver_due_mail()
    mail.refresh_from_db()
    assert (mail.text, mail.html) == ("", "")
    assert not MailAttachment.objects.exists()


def test_withheld_mail_stays_withheld_when_the_right_comes_back(
    room: Room, mail: OutgoingMail
) -> None:
    room.readers = set()
    deliver_due_mail()
    room.readers = {"a@example.org"}
    assert deliver_due_mail() == (0, 0)


def test_only_the_one_who_lost_the_right_gets_nothing(
    room: Room, mail: OutgoingMail
) -> None:
    room.readers |= {"b@example.org"}
    with mail_about(ROOM):
        queued(to=["b@example.org"])
    room.readers -= {"a@example.org"}
    assert deliver_due_mail() == (1, 1)
    assert [each.to for each in django_mail.outbox] == [["b@example.org"]]


def test_after_a_crash_the_rule_is_asked_again(room: Room, mail: OutgoingMail) -> None:
    OutgoingMail.objects.update(
        state=State.SENDING,
        claim="6f9619ff-8b86-4d01-b42d-00cf4fc964ff",
        claimed_at=timezone.now() - timedelta(hours=1),
    )
    room.readers = set()
    assert deliver_due_mail() == (0, 1)
    mail.refresh_from_db()
    assert mail.state == State.WITHHELD
    assert django_mail.outbox == []


def test_before_a_retry_the_rule_is_asked_again(
    room: Room, mail: OutgoingMail, settings: Any
) -> None:
    working, settings.MAIL_TRANSPORT = settings.MAIL_TRANSPORT, "no.such.Transport"
    assert deliver_due_mail() == (0, 1)
    settings.MAIL_TRANSPORT = working
    OutgoingMail.objects.update(next_attempt_at=timezone.now())
    room.readers = set()
    assert deliver_due_mail() == (0, 1)
    mail.refresh_from_db()
    assert (mail.state, mail.attempts) == (State.WITHHELD, 2)


def test_a_rule_that_fails_sends_nothing_and_is_asked_later(
    room: Room, mail: OutgoingMail
) -> None:
    room.broken = True
    assert deliver_due_mail() == (0, 1)
    mail.refresh_from_db()
    assert (mail.state, mail.text) == (State.QUEUED, "The plan of room 7")
    assert mail.last_error == "OSError: no answer"
    room.broken = False
    OutgoingMail.objects.update(next_attempt_at=timezone.now())
    assert deliver_due_mail() == (1, 0)


def test_a_rule_that_nobody_registers_lets_nobody_read(
    room: Room, mail: OutgoingMail, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registry, "_rules", {})
    deliver_due_mail()
    mail.refresh_from_db()
    assert mail.state == State.WITHHELD


def test_mail_outside_of_the_block_is_about_nothing(room: Room) -> None:
    with mail_about(ROOM):
        queued()
    assert queued(to=["b@example.org", "c@example.org"]).about is None
    assert len(room.asked) == 1


def test_a_second_rule_of_the_same_name_is_refused(room: Room) -> None:
    register_rule("tests.room", room)
    with pytest.raises(ImproperlyConfigured):
        register_rule("tests.room", Room())
    assert registry.rules() == {"tests.room"}


@pytest.mark.parametrize("changes", [{"about_rule": ""}, {"about_key": ""}])
def test_the_database_refuses_a_rule_without_a_row_and_a_row_without_a_rule(
    mail: OutgoingMail, changes: dict[str, str]
) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        OutgoingMail.objects.update(**changes)


def test_withheld_mail_is_deleted_as_other_finished_mail_is(
    room: Room, mail: OutgoingMail
) -> None:
    room.readers = set()
    deliver_due_mail()
    OutgoingMail.objects.update(accepted_at=timezone.now() - timedelta(days=400))
    assert delete_old_mail() == 1


def test_mail_about_a_row_is_shown_to_its_recipient_only(
    mail: OutgoingMail, member: Any, stranger: Any
) -> None:
    own = queued(to=[stranger.email])

    def shown(user: Any) -> set[OutgoingMail]:
        return set(OutgoingMail.objects.shown_to(user))

    assert shown(AnonymousUser()) == shown(member) == {own}
    stranger.email = "a@example.org"
    assert shown(stranger) == {own, mail}
