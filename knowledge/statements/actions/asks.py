"""Asks are added, reworded, moved and removed. The history of the page says who did it.

The page is locked until the transaction is over, so that changes follow one another. An ask
that somebody else removed meanwhile raises `Ask.DoesNotExist`.
"""

from typing import Any

from django.db import transaction
from django.db.models import Max
from wagtail.log_actions import log

from knowledge.statements.models import Ask, StatementPage

from .locks import lock_statement


@transaction.atomic
def add_ask(
    *, statement: StatementPage, text: str, addressee: str = "", user: Any = None
) -> Ask:
    """Add an ask after the others."""
    lock_statement(statement.pk)
    last = statement.asks.aggregate(last=Max("position"))["last"]
    ask = Ask.objects.create(
        statement=statement,
        text=text,
        addressee=addressee,
        position=0 if last is None else last + 1,
    )
    _log(ask, "add", user)
    return ask


@transaction.atomic
def change_ask(*, ask: Ask, text: str, addressee: str, user: Any = None) -> Ask:
    """Reword an ask; its anchor stays the same."""
    changed = _current(ask)
    changed.text, changed.addressee = text, addressee
    changed.save(update_fields=["text", "addressee"])
    _log(changed, "change", user)
    return changed


@transaction.atomic
def move_ask(*, ask: Ask, by: int, user: Any = None) -> Ask:
    """Move an ask up (negative) or down by some places, as far as there are places."""
    moved = _current(ask)
    in_order = list(Ask.objects.filter(statement=moved.statement_id))
    here = in_order.index(moved)
    in_order.insert(max(here + by, 0), in_order.pop(here))
    for position, each in enumerate(in_order):
        if each.position != position:
            each.position = position
            each.save(update_fields=["position"])
    _log(moved, "move", user)
    return moved


@transaction.atomic
def remove_ask(*, ask: Ask, user: Any = None) -> None:
    """Delete an ask; the history of the page keeps its words."""
    removed = _current(ask)
    _log(removed, "remove", user)
    removed.delete()


def _current(ask: Ask) -> Ask:
    """Return the ask as it is now, which stays so until the transaction is over."""
    lock_statement(ask.statement_id)
    return Ask.objects.select_related("statement").get(pk=ask.pk)


def _log(ask: Ask, verb: str, user: Any) -> None:
    log(
        instance=ask.statement,
        action=f"knowledge_statements.ask.{verb}",
        user=user,
        data={"ask": ask.public_id, "text": ask.text, "addressee": ask.addressee},
    )
