"""Organizations endorse statements and withdraw. The history of the page says who noted it."""

import datetime as dt
from typing import Any

from django.db import IntegrityError, transaction
from wagtail.log_actions import log

from knowledge.statements.models import Endorsement, StatementPage
from people.models import Organization


class AlreadyEndorsedError(Exception):
    """The organization endorses the statement already."""


@transaction.atomic
def endorse(
    *,
    statement: StatementPage,
    organization: Organization,
    endorsed_on: dt.date | None = None,
    user: Any = None,
) -> Endorsement:
    """Record that an organization endorses the statement.

    Raises AlreadyEndorsedError if it does; the database settles a race.
    """
    try:
        with transaction.atomic():
            endorsement = Endorsement.objects.create(
                statement=statement,
                organization=organization,
                endorsed_on=endorsed_on,
            )
    except IntegrityError as error:
        raise AlreadyEndorsedError from error
    _log(endorsement, "add", user)
    return endorsement


@transaction.atomic
def change_endorsement(
    *, endorsement: Endorsement, endorsed_on: dt.date | None, user: Any = None
) -> Endorsement:
    """Correct the day since when the organization endorses the statement."""
    endorsement.endorsed_on = endorsed_on
    endorsement.save(update_fields=["endorsed_on"])
    _log(endorsement, "change", user)
    return endorsement


@transaction.atomic
def withdraw_endorsement(*, endorsement: Endorsement, user: Any = None) -> None:
    """Delete an endorsement; the history of the page keeps who endorsed."""
    _log(endorsement, "withdraw", user)
    endorsement.delete()


def _log(endorsement: Endorsement, verb: str, user: Any) -> None:
    since = endorsement.endorsed_on
    log(
        instance=endorsement.statement,
        action=f"knowledge_statements.endorsement.{verb}",
        user=user,
        data={
            "organization": str(endorsement.organization),
            "since": since.isoformat() if since else "",
        },
    )
