"""Accounts, their mail and jobs, for benchmarks that sign in."""

import re
from dataclasses import dataclass
from typing import Any, Self

from allauth.account.models import EmailAddress
from django.core.mail import EmailMessage
from django.db import connection, transaction
from django_q.models import OrmQ

from mail.actions import queue_mail
from mail.models import OutgoingMail
from operations.actions import enqueue
from operations.registry import Queue
from pages.models import BasePage
from people.actions import join_organization
from people.models import Organization, User

_CODE = re.compile(r"^\s*(\d{6}|[A-Z0-9]{3}-?[A-Z0-9]{3})\s*$", re.MULTILINE)


def make_accounts(count: int, password: str | None = None) -> list[str]:
    """Make accounts with confirmed e-mail addresses; return the addresses."""
    emails = [f"measured{number}@example.org" for number in range(1, count + 1)]
    for email in emails:
        user = User.objects.create_user(email, password, name="A member")
        EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return emails


@transaction.atomic
def queue_newsletter(count: int) -> None:
    """Queue that many bulk messages."""
    for number in range(count):
        to = [f"reader{number}@example.com"]
        queue_mail(message=EmailMessage("News", "News. " * 200, to=to))


def waiting_jobs() -> int:
    """Return how many jobs wait in the bulk queue."""
    return OrmQ.objects.filter(key=Queue.BULK).count()


@dataclass(frozen=True)
class Members:
    """Accounts that belong to an organization, by their e-mail addresses."""

    emails: list[str]

    @classmethod
    def make(cls, count: int, password: str) -> Self:
        organization = Organization.objects.order_by("pk")[0]
        emails = make_accounts(count, password)
        for user in User.objects.filter(email__in=emails):
            join_organization(user=user, organization=organization)
        return cls(emails)

    def last_mail(self, email: str) -> int:
        """Return the id of the newest mail to an address; 0 if there is none."""
        newest = self._mail_to(email, 0)
        return newest.pk if newest else 0

    def code_after(self, email: str, mail_id: int) -> str:
        """Return the code in a mail newer than that one; empty if there is none yet."""
        found = self._mail_to(email, mail_id)
        code = _CODE.search(found.text) if found else None
        return code.group(1) if code else ""

    @staticmethod
    def _mail_to(email: str, mail_id: int) -> OutgoingMail | None:
        mails = OutgoingMail.objects.addressed_to([email]).filter(pk__gt=mail_id)
        found = mails.newest_first().first()
        connection.close()  # of this thread
        return found

    @staticmethod
    def enqueue(job: str, *arguments: Any) -> None:
        enqueue(job, *arguments)

    @staticmethod
    def items() -> int:
        """Return how many pages are listed now."""
        return BasePage.objects.live().exclude(dated=None).count()
