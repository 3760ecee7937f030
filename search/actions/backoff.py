"""Exponential back-off for rows that failed; they never block other rows."""

from collections.abc import Iterable
from datetime import timedelta

from django.utils import timezone

from search.models import Delivery, IndexChange

#: Delay in seconds: doubled with each failure, at most an hour.
_SHORTEST, _LONGEST = 2, 3600
_DOUBLED_AT_MOST = 12


def postpone(rows: Iterable[IndexChange | Delivery], reason: str) -> None:
    """Schedule each row for a later retry and store the reason of the failure."""
    for row in rows:
        row.attempts += 1
        doubled = _SHORTEST ** min(row.attempts, _DOUBLED_AT_MOST)
        row.not_before = timezone.now() + timedelta(seconds=min(doubled, _LONGEST))
        row.error = reason[:300]
        row.save(update_fields=["attempts", "not_before", "error"])
