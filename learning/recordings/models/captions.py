"""Captions: the WebVTT source as it was given, and its cues as rows."""

import hashlib
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel

from files.models import Language

from . import webvtt
from .timestamps import timestamp

# A form names no more errors than this at once.
MOST_ERRORS = 12


class CaptionsInput(forms.Textarea):
    """A text field with a file picker that fills it."""

    template_name = "cms/captions_input.html"

    class Media:
        js = ("cms/captions.js",)


class CaptionTrack(models.Model):
    """The captions of a recording in one language.

    `source` is what was pasted or uploaded, unchanged; it is part of the page's revisions.
    The cues are rows made from it whenever the track is saved, that is when the page is
    published.
    """

    recording = ParentalKey(
        "learning_recordings.RecordingPage",
        on_delete=models.CASCADE,
        related_name="caption_tracks",
    )
    language = models.CharField(
        _("language"), max_length=10, choices=Language.choices, default=Language.ENGLISH
    )

    source = models.TextField(
        _("captions in WebVTT"),
        blank=True,
        help_text=_("Paste them, or choose the file: its text appears here."),
    )
    # SHA-256 of the source that the cues were made from; empty if they were not.
    made_from = models.CharField(max_length=64, blank=True, editable=False)

    panels: ClassVar[list] = [
        FieldPanel("language"),
        FieldPanel("source", widget=CaptionsInput),
    ]

    class Meta:
        verbose_name = _("captions")
        verbose_name_plural = _("captions")
        constraints = (
            models.UniqueConstraint(
                fields=("recording", "language"), name="learning_captions_once"
            ),
        )

    def clean(self) -> None:
        """Refuse captions with errors, and name the line of each."""
        super().clean()
        given = self.source.strip()
        errors = webvtt.parse_webvtt(self.source).errors if given else []
        if errors:
            raise ValidationError({"source": errors[:MOST_ERRORS]})

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, and replace all cues in the same transaction if the source is new.

        New is what differs from the source of the stored cues. A revision and a copy of
        the page bring a checksum along that says nothing of those.
        """
        with transaction.atomic():
            stored = CaptionTrack.objects.select_for_update().filter(pk=self.pk)
            cues_of = stored.values_list("made_from", flat=True).first() or ""
            self.made_from = self._checksum()
            super().save(*args, **kwargs)
            if self.made_from != cues_of:
                self._write_cues()

    def _checksum(self) -> str:
        """Return the checksum of the source; empty without one."""
        given = self.source.strip()
        return hashlib.sha256(self.source.encode()).hexdigest() if given else ""

    def _write_cues(self) -> None:
        self.cues.all().delete()
        Cue.objects.bulk_create(
            [
                Cue(
                    track=self,
                    start_ms=cue.start_ms,
                    end_ms=cue.end_ms,
                    speaker=cue.speaker,
                    text=cue.text,
                )
                for cue in webvtt.parse_webvtt(self.source).cues
            ],
            batch_size=500,
        )

    def __str__(self) -> str:
        count = self.cues.count() if self.pk else 0
        lines = ngettext("{count} line", "{count} lines", count).format(count=count)
        return f"{self.get_language_display()}, {lines}"


class Cue(models.Model):
    """One timed line of captions: its start and end, the speaker, and the text."""

    track = models.ForeignKey(
        CaptionTrack, on_delete=models.CASCADE, related_name="cues"
    )
    start_ms = models.PositiveIntegerField(_("from"))
    end_ms = models.PositiveIntegerField(_("to"))
    speaker = models.CharField(_("speaker"), max_length=120, blank=True)
    text = models.TextField(_("words"))

    class Meta:
        verbose_name = _("cue")
        verbose_name_plural = _("cues")
        ordering = ("track", "start_ms", "pk")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(end_ms__gt=models.F("start_ms")),
                name="learning_cue_ends_after_start",
            ),
        )

    def __str__(self) -> str:
        return f"{timestamp(self.start_ms)} {self.text}"

    @property
    def at(self) -> str:
        """Its start, for instance 12:34."""
        return timestamp(self.start_ms)

    @property
    def seconds(self) -> int:
        """Its start in whole seconds, for `?t=`."""
        return self.start_ms // 1000

    @property
    def end(self) -> float:
        """Its end in seconds, until which a player marks it."""
        return self.end_ms / 1000
