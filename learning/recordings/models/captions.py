"""Captions: kept as they came, and as rows."""

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
from .times import clock

# So many lines that cannot be read are named at once.
SHOWN = 12


class CaptionsInput(forms.Textarea):
    """A text field, and beside it a file whose words are put into the field."""

    template_name = "cms/captions_input.html"

    class Media:
        js = ("cms/captions.js",)


class CaptionTrack(models.Model):
    """The captions of a recording in one language.

    `source` is what was pasted or sent, kept as it came, and goes through drafts and versions
    with its page. The cues are rows made from it when the page is published.
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
        help_text=_(
            "Paste them, or choose the file: its words appear here to be read."
        ),
    )
    # The checksum of the source that the cues were made from; empty if from none.
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
        """Refuses captions that cannot all be read, and names each line."""
        super().clean()
        wrong = webvtt.read(self.source).wrong if self.source.strip() else []
        if wrong:
            raise ValidationError({"source": wrong[:SHOWN]})

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A source that is new takes the place of all cues, in the same transaction."""
        with transaction.atomic():
            super().save(*args, **kwargs)
            checksum = hashlib.sha256(self.source.encode()).hexdigest()
            if self.source.strip() and checksum != self.made_from:
                self.made_from = checksum
                super().save(update_fields=["made_from"])
                self._write_cues()

    def _write_cues(self) -> None:
        self.cues.all().delete()
        Cue.objects.bulk_create(
            [
                Cue(
                    track=self,
                    start_ms=line.start_ms,
                    end_ms=line.end_ms,
                    speaker=line.speaker,
                    text=line.text,
                )
                for line in webvtt.read(self.source).lines
            ],
            batch_size=500,
        )

    def __str__(self) -> str:
        count = self.cues.count() if self.pk else 0
        lines = ngettext("{count} line", "{count} lines", count).format(count=count)
        return f"{self.get_language_display()}, {lines}"


class Cue(models.Model):
    """One line of captions: from when to when, who speaks, and the words."""

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
        return f"{clock(self.start_ms)} {self.text}"

    @property
    def at(self) -> str:
        """Its start as people write it."""
        return clock(self.start_ms)

    @property
    def seconds(self) -> int:
        """Its start in whole seconds, for `?t=`."""
        return self.start_ms // 1000
