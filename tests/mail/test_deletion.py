"""Mail is deleted after some days, and at once when its reader closes the account."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from mail.actions import delete_mail_to
from mail.jobs import delete_old
from mail.models import MailRecipient, OutgoingMail

from .messages import queued

State = OutgoingMail.State
pytestmark = pytest.mark.django_db


def remaining() -> set[OutgoingMail]:
    return set(OutgoingMail.objects.all())


def test_finished_mail_is_deleted_after_its_days(settings: Any) -> None:
    settings.MAIL_KEPT_DAYS = 30
    waiting, failed, sent, local = queued(), queued(), queued(), queued()
    old = timezone.now() - timedelta(days=31)
    OutgoingMail.objects.update(accepted_at=old)
    young = queued()
    for mail, changes in (
        (failed, {"state": State.FAILED}),
        (sent, {"state": State.SENT, "sent_at": old}),
        (local, {"state": State.LOCAL}),
        (young, {"state": State.FAILED}),
    ):
        OutgoingMail.objects.filter(pk=mail.pk).update(**changes)
    assert delete_old() == "deleted 3"
    assert remaining() == {waiting, young}


def test_all_mail_to_an_address_is_deleted() -> None:
    queued(to=["A@example.org"])
    queued(to=["b@example.org", "Ann <a@example.org>"])
    queued(to=[], cc=["a@Example.org"])
    queued(to=[], bcc=["a@example.org"])
    other = queued(to=["aa@example.org"])
    delete_mail_to(addresses=["a@EXAMPLE.org", "nobody@example.org"])
    assert remaining() == {other}
    assert MailRecipient.objects.count() == 1


def test_deleting_mail_to_no_address_deletes_nothing() -> None:
    mail = queued()
    delete_mail_to(addresses=[])
    assert remaining() == {mail}


@pytest.mark.skipif(
    connection.vendor != "sqlite", reason="reads the query plan of SQLite"
)
def test_finding_the_mail_of_one_person_does_not_read_all_mail() -> None:
    plan = OutgoingMail.objects.addressed_to(["a@example.org"]).explain()
    assert "SCAN" not in plan
    assert "SEARCH" in plan
