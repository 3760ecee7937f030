"""Recordings and their chapters."""

import datetime as dt
from typing import Any, ClassVar

from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.search import index

from pages.blocks import BodyBlock, StreamField
from pages.models import BasePage, Fact, Kind, Plate

from .timestamps import timestamp


class RecordingPage(BasePage):
    """A recording: an uploaded file or a video on another site, with its transcript."""

    kind = Kind("recording", _("Recording"), _("Recordings"), "learn")

    session = models.ForeignKey(
        "learning_sessions.SessionPage",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="recordings",
        verbose_name=_("recorded at the session"),
    )
    recorded_on = models.DateField(_("recorded on"), null=True, blank=True)
    media = models.ForeignKey(
        "files.Media",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("file"),
    )
    elsewhere_url = models.URLField(
        _("or a video on another site"),
        blank=True,
        help_text=_("YouTube or Vimeo. Nothing is loaded from there before a click."),
    )
    duration_seconds = models.PositiveIntegerField(
        _("length in seconds"),
        null=True,
        blank=True,
        help_text=_("Leave it empty for an uploaded file; it is measured."),
    )
    body = StreamField(
        BodyBlock(),
        blank=True,
        verbose_name=_("five-minute version"),
        help_text=_("What was said, for somebody with five minutes."),
    )

    template = "learning/recordings/recording_page.html"
    subpage_types: ClassVar[list[str]] = []
    content_panels: ClassVar[list] = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [FieldPanel("session"), FieldPanel("recorded_on")], heading=_("Recorded at")
        ),
        MultiFieldPanel(
            [
                FieldPanel("media"),
                FieldPanel("elsewhere_url"),
                FieldPanel("duration_seconds"),
            ],
            heading=_("The recording itself"),
        ),
        InlinePanel("caption_tracks", heading=_("Captions"), label=_("Captions")),
        InlinePanel("chapters", heading=_("Chapters"), label=_("Chapter")),
        FieldPanel("body"),
    ]
    search_fields: ClassVar[list] = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("recording")
        verbose_name_plural = _("recordings")

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.media and (not self.duration_seconds or self._has_length_of_other_file):
            self.duration_seconds = round(self.media.duration) or None
        super().save(*args, **kwargs)

    @property
    def _has_length_of_other_file(self) -> bool:
        """Whether the file was replaced, and the length is still that of the one before."""
        before = RecordingPage.objects.filter(pk=self.pk).exclude(media=None)
        media = before.values_list("media", "duration_seconds").first()
        replaced = media is not None and media[0] != self.media_id
        return replaced and media[1] == self.duration_seconds

    def date_to_list(self) -> dt.date | None:
        return self.recorded_on or self.published_on()

    @property
    def plate(self) -> Plate | None:
        if self.duration_seconds:
            return Plate(_("min"), max(1, round(self.duration_seconds / 60)))
        if self.dated:
            return Plate(date_format(self.dated, "M"), self.dated.year)
        return None

    @property
    def facts(self) -> list[Fact]:
        if not self.dated:
            return []
        return [Fact("calendar", date_format(self.dated, "j F Y"))]


class Chapter(models.Model):
    """A titled point in a recording."""

    recording = ParentalKey(
        RecordingPage, on_delete=models.CASCADE, related_name="chapters"
    )
    starts_at_seconds = models.PositiveIntegerField(_("starts at second"))
    title = models.CharField(_("title"), max_length=160)

    panels: ClassVar[list] = [FieldPanel("starts_at_seconds"), FieldPanel("title")]

    class Meta:
        verbose_name = _("chapter")
        verbose_name_plural = _("chapters")
        ordering = ("starts_at_seconds",)
        constraints = (
            models.UniqueConstraint(
                fields=("recording", "starts_at_seconds"), name="learning_chapter_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.at} {self.title}"

    @property
    def at(self) -> str:
        """Its start, for instance 12:34."""
        return timestamp(self.starts_at_seconds * 1000)
