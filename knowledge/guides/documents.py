"""What search may hold of guides: sections and recommendations, by chapter."""

from django.utils.translation import gettext_lazy as _

from search.documents import PageDocument, body_passages
from search.passages import Passage

from .models import GuidePage


class GuideDocument(PageDocument[GuidePage]):
    """A guide. A passage of a chapter with its own page opens there."""

    model = GuidePage
    kind = "guide"
    kind_label = _("Guides")

    def body(self, page: GuidePage) -> list[Passage]:
        """Return the passages of all chapters."""
        text = page.text
        chapters = text.chapters if text.has_chapter_pages else []
        return body_passages(page.body, chapters=[each.slug for each in chapters])
