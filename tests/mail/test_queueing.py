"""A message is stored as a row, in the transaction that sends it."""

from email.mime.text import MIMEText
from typing import Any

import pytest
from django.core import mail as django_mail
from django.core.mail import EmailMessage, EmailMultiAlternatives, send_mail
from django.db import IntegrityError, transaction
from django.test import Client
from django_q.models import OrmQ

from mail.actions import (
    UnstorableMailError,
    delivery_headers,
    queue_mail,
)
from mail.models import MailRecipient, OutgoingMail, Priority
from operations.registry import Queue
from people.actions import add_person
from people.models import Organization, User

from .messages import queued

State = OutgoingMail.State
pytestmark = pytest.mark.django_db


def jobs() -> list[tuple[str, str]]:
    return [(row.key, row.func()) for row in OrmQ.objects.all()]


def test_a_message_becomes_a_row_and_a_job_and_is_not_sent_yet() -> None:
    send_mail("Hello", "Come in.", None, ["a@example.org"])
    mail = OutgoingMail.objects.get()
    assert (mail.state, mail.subject, mail.to) == (
        State.QUEUED,
        "Hello",
        ["a@example.org"],
    )
    assert jobs() == [("bulk", "mail.jobs.deliver")]
    assert django_mail.outbox == []


def test_a_mail_is_rolled_back_with_its_transaction() -> None:
    with transaction.atomic():
        send_mail("Hello", "Come in.", None, ["a@example.org"])
        transaction.set_rollback(True)
    assert not OutgoingMail.objects.exists()
    assert not OrmQ.objects.exists()


def test_urgent_mail_goes_to_the_urgent_queue_and_its_headers_are_not_stored() -> None:
    mail = queued(urgent=True, key="code:1")
    assert (mail.priority, mail.queue) == (Priority.URGENT, Queue.URGENT)
    assert jobs() == [("urgent", "mail.jobs.deliver")]
    assert set(mail.headers) == {"Message-ID", "Date"}


def test_an_unknown_priority_is_refused() -> None:
    with pytest.raises(UnstorableMailError):
        queued(headers={"X-Everydoor-Priority": "whenever"})


def test_a_second_message_with_the_same_key_is_not_queued() -> None:
    first = queued(key="registration:7", subject="You have a place")
    second = queued(key="registration:7", subject="You have a place, again")
    other = queued(key="registration:8")
    assert second == first
    assert set(OutgoingMail.objects.all()) == {first, other}
    assert MailRecipient.objects.count() == 2
    assert len(jobs()) == 2


def test_the_database_refuses_a_second_mail_with_the_same_key() -> None:
    first, second = queued(key="one"), queued(key="two")
    second.key = first.key
    with pytest.raises(IntegrityError), transaction.atomic():
        second.save()


def test_messages_without_a_key_are_all_queued() -> None:
    queued()
    queued()
    assert OutgoingMail.objects.count() == 2


def test_a_message_sent_twice_with_its_own_message_id_is_one_mail() -> None:
    headers = {"message-id": "<7@example.org>", "X-Room": "7"}
    mail = queued(headers=headers)
    assert queued(headers=headers) == mail
    assert mail.headers["Message-ID"] == "<7@example.org>"
    assert mail.headers["X-Room"] == "7"


def test_without_headers_a_message_is_bulk_and_has_no_key() -> None:
    assert delivery_headers() == {}
    assert queued().priority == Priority.BULK


def test_each_sign_in_code_is_urgent_and_a_mail_of_its_own(member: User) -> None:
    for _attempt in range(2):
        Client().post("/accounts/login/code/", {"email": member.email})
    first, second = OutgoingMail.objects.all()
    assert first.text != second.text
    assert jobs().count(("urgent", "mail.jobs.deliver")) == 2


def test_adding_a_person_twice_queues_one_bulk_mail(
    owner: User, stranger: User, organization: Organization
) -> None:
    stranger.organization_memberships.all().delete()
    for _attempt in range(2):
        add_person(user=stranger, into=organization, by=owner)
    mail = OutgoingMail.objects.get()
    assert (mail.to, mail.priority) == ([stranger.email], Priority.BULK)
    assert mail.key.startswith("added:people.organizationmembership:")


def test_recipients_are_rows_with_lower_case_addresses() -> None:
    mail = queued(
        to=["Ann <Ann@Example.org>"], cc=["b@example.org"], bcc=["undisclosed"]
    )
    assert mail.to == ["Ann <Ann@Example.org>"]
    assert mail.cc == ["b@example.org"]
    assert mail.bcc == ["undisclosed"]
    emails = set(MailRecipient.objects.values_list("email", flat=True))
    assert emails == {"ann@example.org", "b@example.org", "undisclosed"}


def test_the_database_refuses_an_address_in_upper_case() -> None:
    mail = queued()
    with pytest.raises(IntegrityError), transaction.atomic():
        mail.recipients.update(email="A@example.org")


def test_without_a_transport_mail_is_stored_and_never_sent(settings: Any) -> None:
    settings.MAIL_TRANSPORT = ""
    mail = queued()
    assert mail.state == State.LOCAL
    assert not OrmQ.objects.exists()


def test_a_message_without_recipients_is_not_queued() -> None:
    assert EmailMessage("Hello", "…", None, []).send() == 0
    assert not OutgoingMail.objects.exists()


def test_a_message_that_a_row_cannot_hold_is_refused() -> None:
    message = EmailMultiAlternatives("Hello", "…", None, ["a@example.org"])
    message.attach_alternative("BEGIN:VCALENDAR", "text/calendar")
    with pytest.raises(UnstorableMailError):
        queue_mail(message=message)
    assert not OutgoingMail.objects.exists()


def test_an_attachment_that_is_a_mime_part_is_refused() -> None:
    message = EmailMessage("Hello", "…", None, ["a@example.org"])
    message.attach(MIMEText("part"))
    with pytest.raises(UnstorableMailError):
        queue_mail(message=message)


def test_a_line_break_in_a_header_is_refused() -> None:
    with pytest.raises(ValueError, match="newline"):
        queued(subject="Hello\nBcc: everybody@example.org")
    assert not OutgoingMail.objects.exists()
