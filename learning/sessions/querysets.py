"""Reads of sessions and of their dates."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from pages.querysets import BasePageQuerySet


class SessionQuerySet(BasePageQuerySet):
    """Sessions."""

    def coming(self) -> Self:
        """Return sessions with a date that is not over, the next one first.

        A date that was cancelled does not count.
        """
        coming = self.filter(last_ends_at__gt=timezone.now())
        return coming.order_by("next_starts_at", "pk")

    def past(self) -> Self:
        """Return sessions whose last date is over, the latest first."""
        past = self.filter(last_ends_at__lte=timezone.now())
        return past.order_by("-last_ends_at", "-pk")

    def in_calendar_year(self, year: int) -> Self:
        """Return sessions with a date in the year that was not cancelled."""
        days = (dt.date(year, 1, 1), dt.date(year, 12, 31))
        held = self._occurrences().filter(first_day__range=days)
        return self.filter(models.Exists(held))

    def with_stale_times(self) -> Self:
        """Return sessions whose listed date is over while another one may be coming.

        Also those that are on for several days, from their second day on: lists show them
        under the day that it is.
        """
        now, today = timezone.now(), timezone.localdate()
        over = Q(listed_occurrence__ends_at__lte=now)
        next_day = Q(dated__lt=today, listed_occurrence__last_day__gt=F("dated"))
        running = Q(next_starts_at__lte=now) & next_day
        return self.filter(Q(next_starts_at__isnull=False) & (over | running))

    def _occurrences(self) -> "OccurrenceQuerySet":
        """Return the dates of a session, for a subquery; an alias shows its source's."""
        model = self.model._meta.get_field("occurrences").related_model
        rows: OccurrenceQuerySet = model._default_manager.not_cancelled()
        own = Q(session=models.OuterRef("pk"))
        return rows.filter(own | Q(session=models.OuterRef("alias_of")))


class OccurrenceQuerySet(models.QuerySet):
    """Dates of sessions."""

    def not_cancelled(self) -> Self:
        """Return dates that were not cancelled."""
        return self.exclude(status="cancelled")
