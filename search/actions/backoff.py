"""Rows that could not be dealt with wait, each time for longer; they hold nobody up."""

from collections.abc import Iterable
from datetime import timedelta

from django.utils import timezone

from search.models import Delivery, IndexChange

#: Seconds, doubled with each failure, up to an hour.
_SHORTEST, _LONGEST = 2, 3600
_DOUBLED_AT_MOST = 12


def postpone(rows: Iterable[IndexChange | Delivery], reason: str) -> None:
    """Each row is tried again later, and says why."""
    for row in rows:
        row.attempts += 1
        doubled = _SHORTEST ** min(row.attempts, _DOUBLED_AT_MOST)
        row.not_before = timezone.now() + timedelta(seconds=min(doubled, _LONGEST))
        row.error = reason[:300]
        row.save(update_fields=["attempts", "not_before", "error"])
