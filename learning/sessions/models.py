"""Sessions: what members learn together, at a time."""

import datetime as dt
from typing import Any, ClassVar

from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable, PageManager
from wagtail.search import index

from pages.blocks import BodyBlock, StreamField
from pages.models import BasePage, Fact, Kind, Plate

from .querysets import SessionQuerySet


class Series(models.Model):
    """Sessions that belong together, for instance the monthly ones."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    about = models.TextField(_("about"), max_length=400, blank=True)

    panels: ClassVar[list] = [FieldPanel("name"), FieldPanel("about")]

    class Meta:
        verbose_name = _("series")
        verbose_name_plural = _("series")
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class SessionPage(BasePage):
    """A session. It happens once or more often: each time is an occurrence."""

    class Format(models.TextChoices):
        LEARNING = "learning", _("Learning session")
        PRESENTATION = "presentation", _("Invited presentation")
        DIALOGUE = "dialogue", _("Dialogue")

    kind = Kind("session", _("Session"), _("Sessions"), "learn")

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
    place = models.CharField(
        _("where"),
        max_length=160,
        default=_("Online"),
        help_text=_("“Online”, or the town and the room."),
    )
    access_note = models.CharField(
        _("how one can take part"),
        max_length=200,
        blank=True,
        help_text=_("For instance: live captions, works by phone call too."),
    )
    recorded = models.BooleanField(_("will be recorded"), default=False)
    care_note = models.CharField(
        _("care note"),
        max_length=300,
        blank=True,
        help_text=_("If it may be heavy, say what comes and when."),
    )
    registration_url = models.URLField(_("where one registers"), blank=True)
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("text"))
    # The first occurrence, kept beside the page so that lists need no second query.
    starts_at = models.DateTimeField(null=True, editable=False, db_index=True)
    ends_at = models.DateTimeField(null=True, editable=False)

    objects: ClassVar = PageManager.from_queryset(SessionQuerySet)()

    template = "learning/sessions/session_page.html"
    subpage_types: ClassVar[list[str]] = []
    content_panels: ClassVar[list] = [
        *BasePage.content_panels,
        InlinePanel("occurrences", heading=_("When"), label=_("Time"), min_num=1),
        MultiFieldPanel(
            [FieldPanel("format"), FieldPanel("series")], heading=_("What kind")
        ),
        MultiFieldPanel(
            [
                FieldPanel("place"),
                FieldPanel("access_note"),
                FieldPanel("recorded"),
                FieldPanel("registration_url"),
            ],
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

    def save(self, *args: Any, **kwargs: Any) -> None:
        times = sorted(
            (each.starts_at, each.ends_at) for each in self.occurrences.all()
        )
        self.starts_at, self.ends_at = times[0] if times else (None, None)
        super().save(*args, **kwargs)

    @property
    def voices(self) -> Any:
        """Who speaks, each with the name as the person chose it: one query."""
        return self.speakers.select_related("contributor")

    def date_to_list(self) -> dt.date | None:
        """The day of the first occurrence; before there is one, that of publication."""
        if self.starts_at:
            return timezone.localdate(self.starts_at)
        return self.published_on()

    @property
    def past(self) -> bool:
        """Whether the last occurrence that is known is over."""
        return bool(self.ends_at and self.ends_at < timezone.now())

    @property
    def eyebrow(self) -> Any:
        return self.get_format_display()

    @property
    def plate(self) -> Plate | None:
        if not self.starts_at:
            return None
        day = timezone.localdate(self.starts_at)
        return Plate(
            date_format(day, "D"), day.day, date_format(day, "M"), past=self.past
        )

    @property
    def facts(self) -> list[Fact]:
        facts = []
        if self.starts_at and self.ends_at:
            facts.append(self._when(self.starts_at, self.ends_at))
        facts.append(Fact("monitor", self.place))
        if not self.recorded and not self.past:
            facts.append(Fact("mic-off", _("Not recorded")))
        return facts

    def _when(self, starts_at: dt.datetime, ends_at: dt.datetime) -> Fact:
        """The hour of a session to come; of one that is over, the day and its year."""
        begin, end = map(timezone.localtime, (starts_at, ends_at))
        if self.past:
            return Fact("calendar", date_format(begin, "j F Y"))
        words = _("{begin} to {end} Pacific Time").format(
            begin=date_format(begin, "G:i"), end=date_format(end, "G:i")
        )
        return Fact("clock", words)


class Occurrence(models.Model):
    """One time at which a session happens."""

    session = ParentalKey(
        SessionPage, on_delete=models.CASCADE, related_name="occurrences"
    )
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))

    panels: ClassVar[list] = [FieldPanel("starts_at"), FieldPanel("ends_at")]

    class Meta:
        verbose_name = _("occurrence")
        verbose_name_plural = _("occurrences")
        ordering = ("starts_at",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")),
                name="learning_occurrence_ends_after_start",
                violation_error_message=_("It ends before it begins."),
            ),
            models.UniqueConstraint(
                fields=("session", "starts_at"), name="learning_occurrence_once"
            ),
        )

    def __str__(self) -> str:
        return date_format(timezone.localtime(self.starts_at), "j F Y, G:i")


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
