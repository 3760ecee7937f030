"""Members who sign in, and their mail."""

import re
from dataclasses import dataclass
from typing import Any, Self

from allauth.account.models import EmailAddress
from django.db import connection

from mail.models import OutgoingMail
from operations.actions import enqueue
from pages.models import BasePage
from people.actions import join_organization
from people.models import Organization, User

_CODE = re.compile(r"^\s*(\d{6}|[A-Z0-9]{3}-?[A-Z0-9]{3})\s*$", re.MULTILINE)


@dataclass(frozen=True)
class Members:
    """Accounts made for the measurement, by their addresses."""

    emails: list[str]

    @classmethod
    def make(cls, count: int, password: str) -> Self:
        organization = Organization.objects.get(name=_first_organization())
        emails = [f"together{number}@example.org" for number in range(1, count + 1)]
        for email in emails:
            user = User.objects.create_user(email, password, name="A member")
            EmailAddress.objects.create(
                user=user, email=email, verified=True, primary=True
            )
            join_organization(user=user, organization=organization)
        return cls(emails)

    def last_mail(self, email: str) -> int:
        """The newest mail to an address, by its number; 0 if there is none."""
        newest = self._mail_to(email, 0)
        return newest.pk if newest else 0

    def code_after(self, email: str, number: int) -> str:
        """The code in a mail that came after another; empty until it is there."""
        found = self._mail_to(email, number)
        code = _CODE.search(found.text) if found else None
        return code.group(1) if code else ""

    @staticmethod
    def _mail_to(email: str, number: int) -> OutgoingMail | None:
        later = OutgoingMail.objects.filter(pk__gt=number).order_by("-pk")
        found = next((mail for mail in later if email in mail.to), None)
        connection.close()  # of this thread
        return found

    @staticmethod
    def enqueue(job: str, *args: Any) -> None:
        enqueue(job, *args)

    @staticmethod
    def items() -> int:
        """How many pages stand in listings now."""
        return BasePage.objects.live().exclude(dated=None).count()


def _first_organization() -> str:
    name: str = Organization.objects.order_by("pk").values_list("name", flat=True)[0]
    return name
