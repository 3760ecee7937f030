"""Sessions: what members learn together, on one date or several."""

import datetime as dt
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from django.db import models, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable, Page, PageManager
from wagtail.search import index

from learning.sessions.querysets import SessionQuerySet
from pages.blocks import BodyBlock, StreamField
from pages.models import BasePage, Fact, Kind, Plate

from .occurrences import Occurrence
from .panels import DatesPanel
from .series import Series

if TYPE_CHECKING:
    from collections.abc import Sequence


class SessionPage(BasePage):
    """A session. Its dates are rows of `Occurrence`, which no revision holds.

    The page keeps what lists need of them: when the next one starts, when the last one
    ends, and the one that a list shows. `save` reads them from the rows, so that publishing
    an older revision changes none of them.
    """

    class Format(models.TextChoices):
        LEARNING = "learning", _("Learning session")
        PRESENTATION = "presentation", _("Invited presentation")
        DIALOGUE = "dialogue", _("Dialogue")

    kind = Kind("session", _("Session"), _("Sessions"), "learn")
    row_relations = ("listed_occurrence",)

    format = models.CharField(
        _("kind of session"),
        max_length=20,
        choices=Format.choices,
        default=Format.LEARNING,
    )
    series = models.ForeignKey(
        Series,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="sessions",
        verbose_name=_("series"),
    )
    access_note = models.CharField(
        _("how to take part"),
        max_length=200,
        blank=True,
        help_text=_("For instance: live captions, works by phone call too."),
    )
    care_note = models.CharField(
        _("care note"),
        max_length=300,
        blank=True,
        help_text=_("If it may be heavy, say what comes and when."),
    )
    registration_url = models.URLField(_("where to register"), blank=True)
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("text"))
    next_starts_at = models.DateTimeField(null=True, editable=False, db_index=True)
    last_ends_at = models.DateTimeField(null=True, editable=False, db_index=True)
    listed_occurrence = models.ForeignKey(
        Occurrence,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
    )

    #: What the page keeps for lists.
    kept_times = ("next_starts_at", "last_ends_at", "listed_occurrence_id", "dated")

    objects: ClassVar = PageManager.from_queryset(SessionQuerySet)()

    template = "learning/sessions/session_page.html"
    subpage_types: ClassVar[list[str]] = []
    content_panels: ClassVar[list] = [
        *BasePage.content_panels,
        DatesPanel(heading=_("When and where")),
        MultiFieldPanel(
            [FieldPanel("format"), FieldPanel("series")], heading=_("What kind")
        ),
        MultiFieldPanel(
            [FieldPanel("access_note"), FieldPanel("registration_url")],
            heading=_("Taking part"),
        ),
        FieldPanel("care_note"),
        FieldPanel("body"),
        InlinePanel("speakers", heading=_("Who is speaking"), label=_("Speaker")),
    ]
    search_fields: ClassVar[list] = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        # A date that is changed at the same moment waits for this row, or this for it.
        locked = Page.objects.select_for_update().filter(pk=self.pk)
        locked.values_list("pk", flat=True).first()
        self.read_times()
        fields = kwargs.get("update_fields")
        if fields is not None and "alias_of_id" in fields:
            # An alias that becomes a page of its own shows its source's dates no longer.
            kwargs["update_fields"] = {*fields, *self.kept_times}
        super().save(*args, **kwargs)

    def with_content_json(self, content: Any) -> "SessionPage":
        """Return the page as a revision has it, with the dates as they are now."""
        page: SessionPage = super().with_content_json(content)
        page.read_times()
        return page

    def read_times(self) -> None:
        """Set the times that lists need from the rows of the dates. One query."""
        times = _times_of(self.dates, timezone.now())
        self.next_starts_at = times.next.starts_at if times.next else None
        self.last_ends_at = times.last.ends_at if times.last else None
        self.listed_occurrence = times.listed

    @property
    def dates(self) -> list[Occurrence]:
        """All dates, cancelled ones too, in order of time. One query.

        An alias has the dates of its source.
        """
        of = self.alias_of_id or self.pk
        return list(Occurrence.objects.filter(session=of)) if of else []

    @property
    def named_speakers(self) -> Any:
        """The speakers, each with the name as the person chose it. One query."""
        return self.speakers.select_related("contributor")

    def date_to_list(self) -> dt.date | None:
        """Return the day of the listed date; of one that is on now, today.

        A session without a date is listed under the day of its publication.
        """
        listed = self.listed_occurrence
        if listed is None:
            return self.published_on()
        if listed.over:
            return listed.first_day
        return min(max(listed.first_day, timezone.localdate()), listed.last_day)

    @property
    def past(self) -> bool:
        """Whether its last date is over. A cancelled one counts only if all were."""
        listed = self.listed_occurrence
        end = self.last_ends_at or (listed.ends_at if listed else None)
        return end is not None and end <= timezone.now()

    @property
    def eyebrow(self) -> Any:
        return self.get_format_display()

    @property
    def plate(self) -> Plate | None:
        if self.listed_occurrence is None:
            return None
        day = self.listed_occurrence.first_day
        return Plate(
            date_format(day, "D"), day.day, date_format(day, "M"), past=self.past
        )

    @property
    def facts(self) -> list[Fact]:
        listed = self.listed_occurrence
        if listed is None:
            return []
        facts = [self._when(listed), Fact("monitor", listed.where)]
        if listed.cancelled:
            facts.append(Fact("x", _("Cancelled")))
        elif listed.recorded == Occurrence.Recorded.NO and not self.past:
            facts.append(Fact("mic-off", _("Not recorded")))
        return facts

    def _when(self, listed: Occurrence) -> Fact:
        """Return the hours of a coming date; of one that is over, the day and its year."""
        if self.past:
            return Fact("calendar", date_format(listed.first_day, "j F Y"))
        return Fact("clock", listed.hours)


class _Times(NamedTuple):
    """The next and the last date that were not cancelled, and the one that lists show."""

    next: Occurrence | None
    last: Occurrence | None
    listed: Occurrence | None


def _times_of(dates: "Sequence[Occurrence]", now: dt.datetime) -> _Times:
    """Choose from dates in order of time.

    Lists show the next date, else the last one. Where all were cancelled they show the
    next or last of those, so that whoever meant to come learns of it.
    """
    held = [each for each in dates if not each.cancelled]
    following, last = _next(held, now), _last(held)
    listed = following or last or _next(dates, now) or _last(dates)
    return _Times(following, last, listed)


def _next(dates: "Sequence[Occurrence]", now: dt.datetime) -> Occurrence | None:
    return next((each for each in dates if each.ends_at > now), None)


def _last(dates: "Sequence[Occurrence]") -> Occurrence | None:
    return max(dates, key=lambda each: each.ends_at, default=None)


class Speaker(Orderable):
    """Somebody who speaks at a session, as the person chose to be named."""

    session = ParentalKey(
        SessionPage, on_delete=models.CASCADE, related_name="speakers"
    )
    contributor = models.ForeignKey(
        "people.Contributor",
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("person"),
    )
    part = models.CharField(_("as"), max_length=160, blank=True)

    panels: ClassVar[list] = [FieldPanel("contributor"), FieldPanel("part")]

    class Meta(Orderable.Meta):
        verbose_name = _("speaker")
        verbose_name_plural = _("speakers")

    def __str__(self) -> str:
        return str(self.contributor)
