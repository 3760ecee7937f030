"""Guides as search holds them: by section and recommendation, by chapter."""

from django.utils.translation import gettext_lazy as _

from search.documents import PageDocument

from .models import GuideChapter, GuidePage


class GuideDocument(PageDocument[GuidePage]):
    """A guide: its own sections and recommendations."""

    model = GuidePage
    kind = "guide"
    kind_label = _("Guides")


class ChapterDocument(PageDocument[GuideChapter]):
    """A chapter of a guide: found by itself, counted with the guides."""

    model = GuideChapter
    kind = "guide"
    kind_label = _("Guides")
