"""Occurrences: the dates on which a session happens."""

import datetime as dt
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from learning.sessions.querysets import OccurrenceQuerySet
from people.models import PublicIdField

from .wall_time import to_utc
from .zones import site_zone, validate_zone, zone_name

_MIDNIGHT = dt.time()
_ONE_DAY = dt.timedelta(days=1)


class Occurrence(models.Model):
    """One date of a session.

    A row of its own, never part of a page revision: people register for it. The wall time
    and the zone are what the editor gave; `starts_at` and `ends_at` are computed from them
    on every save. Without times it lasts whole days. The end is exclusive: an all-day
    occurrence ends at the midnight after its last day.
    """

    class Status(models.TextChoices):
        PLANNED = "planned", _("Planned")
        MOVED = "moved", _("Moved")
        CANCELLED = "cancelled", _("Cancelled")

    class Recorded(models.TextChoices):
        YES = "yes", _("Yes")
        NO = "no", _("No")
        UNDECIDED = "undecided", _("Not decided yet")

    session = models.ForeignKey(
        "learning_sessions.SessionPage",
        on_delete=models.CASCADE,
        related_name="occurrences",
        verbose_name=_("session"),
    )
    public_id = PublicIdField()
    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.PLANNED
    )
    first_day = models.DateField(_("first day"))
    start_time = models.TimeField(_("starts at"), null=True, blank=True)
    last_day = models.DateField(_("last day"))
    end_time = models.TimeField(_("ends at"), null=True, blank=True)
    zone = models.CharField(
        _("time zone"), max_length=64, default=site_zone, validators=[validate_zone]
    )
    starts_at = models.DateTimeField(editable=False)
    ends_at = models.DateTimeField(editable=False, db_index=True)
    online = models.BooleanField(_("online"), default=True)
    place = models.CharField(_("place"), max_length=160, blank=True)
    capacity = models.PositiveIntegerField(_("seats"), null=True, blank=True)
    recorded = models.CharField(
        _("recorded"),
        max_length=10,
        choices=Recorded.choices,
        default=Recorded.UNDECIDED,
    )
    note = models.CharField(_("note"), max_length=300, blank=True)

    objects: ClassVar = OccurrenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("date")
        verbose_name_plural = _("dates")
        ordering = ("starts_at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="learning_occurrence_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(start_time=None, end_time=None)
                | Q(start_time__isnull=False, end_time__isnull=False),
                name="learning_occurrence_both_times_or_none",
            ),
            models.CheckConstraint(
                condition=Q(online=True) | ~Q(place=""),
                name="learning_occurrence_somewhere",
            ),
            models.CheckConstraint(
                condition=Q(capacity=None) | Q(capacity__gte=1),
                name="learning_occurrence_seats",
            ),
            models.CheckConstraint(
                condition=Q(status__in=("planned", "moved", "cancelled")),
                name="learning_occurrence_status",
            ),
            models.CheckConstraint(
                condition=Q(recorded__in=("yes", "no", "undecided")),
                name="learning_occurrence_recorded",
            ),
            # A cancelled date may be planned again as a new one.
            models.UniqueConstraint(
                fields=("session", "starts_at"),
                condition=~Q(status="cancelled"),
                name="learning_occurrence_once",
            ),
        )

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.compute_utc()
        super().save(*args, **kwargs)

    def compute_utc(self) -> None:
        """Set `starts_at` and `ends_at`; called by `save`, needed before a bulk insert."""
        end_day = self.last_day + _ONE_DAY if self.all_day else self.last_day
        begin = dt.datetime.combine(self.first_day, self.start_time or _MIDNIGHT)
        end = dt.datetime.combine(end_day, self.end_time or _MIDNIGHT)
        self.starts_at = to_utc(begin, self.zone)
        self.ends_at = to_utc(end, self.zone)

    def __str__(self) -> str:
        return f"{self.days}, {self.hours}"

    @property
    def all_day(self) -> bool:
        """Whether it lasts whole days."""
        return self.start_time is None

    @property
    def cancelled(self) -> bool:
        """Whether it was cancelled."""
        return self.status == self.Status.CANCELLED

    @property
    def over(self) -> bool:
        """Whether it has ended."""
        return self.ends_at <= timezone.now()

    @property
    def zone_name(self) -> str:
        """The name of its zone, for instance “Pacific Time”."""
        return zone_name(self.zone)

    @property
    def days(self) -> str:
        """The day, or the first and the last of several whole days."""
        first = date_format(self.first_day, "l j F Y")
        if not self.all_day or self.first_day == self.last_day:
            return first
        last = date_format(self.last_day, "l j F Y")
        return _now("{first} to {last}").format(first=first, last=last)

    @property
    def hours(self) -> str:
        """The hours by the clocks of its zone, for instance “10:00 to 11:15 Pacific Time”."""
        if self.start_time is None or self.end_time is None:
            return _now("all day")
        end = time_format(self.end_time, "G:i")
        if self.last_day != self.first_day:
            day = date_format(self.last_day, "j F")
            end = _now("{time} on {day}").format(time=end, day=day)
        return _now("{start} to {end} {zone}").format(
            start=time_format(self.start_time, "G:i"), end=end, zone=self.zone_name
        )

    @property
    def where(self) -> str:
        """“Online”, the place, or both."""
        if not self.online:
            return self.place
        if not self.place:
            return _now("Online")
        return _now("Online and {place}").format(place=self.place)
