"""Blocks that hold files, pictures and links."""

import re
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

_YOUTUBE = re.compile(
    r"^https?://(?:www\.|m\.)?(?:youtube(?:-nocookie)?\.com/"
    r"(?:watch\?(?:.*&)?v=|embed/|live/|shorts/)|youtu\.be/)([\w-]{6,20})"
)
_VIMEO = re.compile(r"^https?://(?:www\.|player\.)?vimeo\.com/(?:video/)?(\d+)")


@dataclass(frozen=True)
class Player:
    """Where an embed plays, once a reader asked for it, and whose place that is."""

    provider: str
    url: str


def player_of(url: str) -> Player | None:
    """The player of a video's address; None where we know none."""
    if found := _YOUTUBE.match(url):
        return Player(
            "YouTube", f"https://www.youtube-nocookie.com/embed/{found.group(1)}"
        )
    if found := _VIMEO.match(url):
        return Player("Vimeo", f"https://player.vimeo.com/video/{found.group(1)}?dnt=1")
    return None


class FigureBlock(blocks.StructBlock):
    """A picture with words for those who do not see it."""

    image = ImageChooserBlock(label=_("Picture"))
    alt = blocks.CharBlock(
        label=_("What it shows"),
        max_length=250,
        help_text=_("Read aloud to people who do not see it. Say what matters here."),
    )
    caption = blocks.RichTextBlock(
        label=_("Caption"), features=["bold", "italic", "link"], required=False
    )

    class Meta:
        icon = "image"
        label = _("Figure")
        template = "blocks/figure.html"
        group = _("Files and links")
        description = _("A picture with its description.")
        preview_template = "blocks/figure_preview.html"


class DownloadBlock(blocks.StructBlock):
    """A document to take along."""

    document = DocumentChooserBlock(label=_("Document"))
    label = blocks.CharBlock(
        label=_("Its name here"),
        max_length=160,
        required=False,
        help_text=_("Leave empty to use the document’s title."),
    )

    class Meta:
        icon = "download"
        label = _("Download")
        template = "blocks/download.html"
        group = _("Files and links")
        description = _("A file to download, with format and size.")
        preview_template = "blocks/download_preview.html"


class EmbedBlock(blocks.StructBlock):
    """A video elsewhere. Nothing is loaded from there before the reader asks."""

    url = blocks.URLBlock(label=_("Address"))
    title = blocks.CharBlock(
        label=_("Title"), max_length=200, help_text=_("What one will watch.")
    )

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context)
        context["player"] = player_of(value["url"])
        return context

    class Meta:
        icon = "media"
        label = _("Video elsewhere")
        template = "blocks/embed.html"
        group = _("Files and links")
        preview_value = {
            "url": "https://vimeo.com/76979871",
            "title": _("A walk through the house"),
        }
        description = _("A video of YouTube or Vimeo, loaded only when somebody asks.")


class RelatedBlock(blocks.StructBlock):
    """Pages to go on with."""

    title = blocks.CharBlock(
        label=_("Title"), max_length=120, required=False, default=_("Read on")
    )
    pages = blocks.ListBlock(
        blocks.PageChooserBlock(label=_("Page")), label=_("Pages"), min_num=1
    )

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        chosen = [page.pk for page in cleaned["pages"]]
        if len(chosen) != len(set(chosen)):
            raise ValidationError(_("Choose each page once."))
        return cleaned

    class Meta:
        icon = "link"
        label = _("Related pages")
        template = "blocks/related.html"
        group = _("Files and links")
        description = _("Pages to go on with.")
        preview_template = "blocks/related_preview.html"
