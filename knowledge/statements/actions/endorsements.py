"""Organizations endorse statements and withdraw. The history of the page says who noted it.

The page is locked until the transaction is over. An endorsement that somebody else withdrew
meanwhile raises `Endorsement.DoesNotExist`.
"""

import datetime as dt
from typing import Any

from django.db import IntegrityError, transaction
from wagtail.log_actions import log

from knowledge.statements.models import Endorsement, StatementPage
from people.models import Organization

from .locks import lock_statement


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
    changed = _current(endorsement)
    changed.endorsed_on = endorsed_on
    changed.save(update_fields=["endorsed_on"])
    _log(changed, "change", user)
    return changed


@transaction.atomic
def withdraw_endorsement(*, endorsement: Endorsement, user: Any = None) -> None:
    """Delete an endorsement; the history of the page keeps who endorsed."""
    withdrawn = _current(endorsement)
    _log(withdrawn, "withdraw", user)
    withdrawn.delete()


def _current(endorsement: Endorsement) -> Endorsement:
    """Return the endorsement as it is now, which stays so until the transaction is over."""
    lock_statement(endorsement.statement_id)
    rows = Endorsement.objects.select_related("statement", "organization")
    return rows.get(pk=endorsement.pk)


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
