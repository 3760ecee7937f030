"""Asks are added, reworded, moved and removed. The history of the page says who did it."""

from typing import Any

from django.db import transaction
from django.db.models import Max
from wagtail.log_actions import log

from knowledge.statements.models import Ask, StatementPage


@transaction.atomic
def add_ask(
    *, statement: StatementPage, text: str, addressee: str = "", user: Any = None
) -> Ask:
    """Add an ask after the others."""
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
    ask.text, ask.addressee = text, addressee
    ask.save(update_fields=["text", "addressee"])
    _log(ask, "change", user)
    return ask


@transaction.atomic
def move_ask(*, ask: Ask, by: int, user: Any = None) -> Ask:
    """Move an ask up (negative) or down by some places, as far as there are places."""
    in_order = list(Ask.objects.select_for_update().filter(statement=ask.statement_id))
    here = in_order.index(ask)
    in_order.insert(max(here + by, 0), in_order.pop(here))
    for position, each in enumerate(in_order):
        if each.position != position:
            each.position = position
            each.save(update_fields=["position"])
    _log(ask, "move", user)
    return ask


@transaction.atomic
def remove_ask(*, ask: Ask, user: Any = None) -> None:
    """Delete an ask; the history of the page keeps its words."""
    _log(ask, "remove", user)
    ask.delete()


def _log(ask: Ask, verb: str, user: Any) -> None:
    log(
        instance=ask.statement,
        action=f"knowledge_statements.ask.{verb}",
        user=user,
        data={"ask": ask.public_id, "text": ask.text, "addressee": ask.addressee},
    )
