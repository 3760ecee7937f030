"""Audio and video."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from wagtailmedia.models import AbstractMedia

from files.querysets import MediaQuerySet

from .stored import IN_COLLECTION, StoredFile, random_name


def recording_path(_media: Any, filename: str) -> str:
    return random_name("media", filename)


def still_path(_media: Any, filename: str) -> str:
    return random_name("media_thumbnails", filename)


class Media(StoredFile, AbstractMedia):
    """Audio or video."""

    file = models.FileField(_("file"), upload_to=recording_path)
    thumbnail = models.FileField(_("thumbnail"), upload_to=still_path, blank=True)
    tags = TaggableManager(
        blank=True, related_name="library_media", verbose_name=_("tags")
    )
    admin_form_fields = (
        "title",
        "file",
        "collection",
        "duration",
        "width",
        "height",
        "thumbnail",
        "licence",
        "language",
        "tags",
    )
    search_fields = [*AbstractMedia.search_fields, IN_COLLECTION]
    objects: ClassVar = MediaQuerySet.as_manager()

    class Meta(AbstractMedia.Meta):
        abstract = False
        verbose_name = _("audio or video")
        verbose_name_plural = _("audio and video")
