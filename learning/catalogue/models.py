"""The index of Learn: sessions and recordings in one list."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from pages.models import ListingPage


class LearningIndex(ListingPage):
    """Learn, or an index below it."""

    door = "learn"
    listed_kinds = ("session", "recording")
    timed = True
    template = "learning/catalogue/learning_index.html"
    subpage_types: ClassVar[list[str]] = [
        "learning_catalogue.LearningIndex",
        "learning_sessions.SessionPage",
        "learning_recordings.RecordingPage",
    ]

    class Meta:
        verbose_name = _("learning index")
        verbose_name_plural = _("learning indexes")
