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
    """The player of an embedded video: its provider and the URL of its frame."""

    provider: str
    url: str


def player_of(url: str) -> Player | None:
    """Return the player for the URL of a video; None for unknown providers."""
    if found := _YOUTUBE.match(url):
        return Player(
            "YouTube", f"https://www.youtube-nocookie.com/embed/{found.group(1)}"
        )
    if found := _VIMEO.match(url):
        return Player("Vimeo", f"https://player.vimeo.com/video/{found.group(1)}?dnt=1")
    return None


class FigureBlock(blocks.StructBlock):
    """A picture with alternative text and a caption."""

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
    """A document to download."""

    document = DocumentChooserBlock(label=_("Document"))
    label = blocks.CharBlock(
        label=_("Label"),
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
    """A video of another site; nothing is loaded from there before the reader asks."""

    url = blocks.URLBlock(label=_("URL"))
    title = blocks.CharBlock(
        label=_("Title"), max_length=200, help_text=_("What people will watch.")
    )

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context)
        context["player"] = player_of(value["url"])
        return context

    class Meta:
        icon = "media"
        label = _("Video on another site")
        template = "blocks/embed.html"
        group = _("Files and links")
        preview_value = {
            "url": "https://vimeo.com/76979871",
            "title": _("A walk through the house"),
        }
        description = _(
            "A YouTube or Vimeo video; it loads only when a reader asks for it."
        )


class RelatedBlock(blocks.StructBlock):
    """Pages to read next."""

    title = blocks.CharBlock(
        label=_("Title"), max_length=120, required=False, default=_("Read on")
    )
    pages = blocks.ListBlock(
        blocks.PageChooserBlock(label=_("Page")), label=_("Pages"), min_num=1
    )

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        chosen = [page.pk for page in cleaned["pages"] if page is not None]
        if len(chosen) != len(set(chosen)):
            raise ValidationError(_("Choose each page once."))
        return cleaned

    class Meta:
        icon = "link"
        label = _("Related pages")
        template = "blocks/related.html"
        group = _("Files and links")
        description = _("Pages to read next.")
        preview_template = "blocks/related_preview.html"
