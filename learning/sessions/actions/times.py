"""The times that a session's page keeps for lists."""

from typing import Any

from django.db import transaction
from django.db.models import Q

from learning.sessions.models import SessionPage
from search.actions import note_changes


@transaction.atomic
def refresh_times(*, session_id: int) -> bool:
    """Write the times that lists need, for the session and its aliases.

    Tells search where something changed, and returns whether it did. Idempotent. The row
    of each page is locked, so that a publication at the same moment reads the same dates.
    """
    pages = SessionPage.objects.filter(Q(pk=session_id) | Q(alias_of=session_id))
    locked = pages.order_by("pk").select_for_update()
    changed = [page.pk for page in locked if _refresh(page)]
    note_changes(source="page", object_ids=changed)
    return bool(changed)


def _refresh(page: SessionPage) -> bool:
    before = _kept(page)
    page.read_times()
    page.dated = page.date_to_list()
    now = _kept(page)
    if now != before:
        SessionPage.objects.filter(pk=page.pk).update(**now)
    return now != before


def _kept(page: SessionPage) -> dict[str, Any]:
    return {name: getattr(page, name) for name in SessionPage.kept_times}


def roll_forward(*, limit: int = 200) -> int:
    """Move sessions on whose listed date is over; return how many moved.

    At most `limit` sessions, each in a transaction of its own; the next run takes the rest.
    """
    stale = SessionPage.objects.with_stale_times().order_by("next_starts_at", "pk")
    keys = list(stale.values_list("pk", flat=True)[:limit])
    return sum(refresh_times(session_id=pk) for pk in keys)
