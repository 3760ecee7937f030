"""Images, their renditions, and the pages that they are on."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.models import Page
from wagtail.search import index

from files.querysets import ImageQuerySet

from .stored import IN_COLLECTION, StoredFile, random_name


class Image(StoredFile, AbstractImage):
    """An image. Its description is the default alternative text."""

    tags = TaggableManager(
        blank=True, related_name="library_images", verbose_name=_("tags")
    )
    admin_form_fields = (
        "title",
        "file",
        "description",
        "licence",
        "collection",
        "tags",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )
    # Whether the stored file was written by the picture cleaner.
    cleaned = models.BooleanField(default=False, editable=False)
    search_fields = [
        *AbstractImage.search_fields,
        IN_COLLECTION,
        index.FilterField("id"),
    ]
    objects: ClassVar = ImageQuerySet.as_manager()

    class Meta(AbstractImage.Meta):
        abstract = False
        verbose_name = _("image")
        verbose_name_plural = _("images")
        permissions = (("choose_image", "Can choose image"),)

    def get_upload_to(self, filename: str) -> str:
        return random_name("original_images", filename)


class Rendition(AbstractRendition):
    """An image in one size."""

    image = models.ForeignKey(
        Image, on_delete=models.CASCADE, related_name="renditions"
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("image", "filter_spec", "focal_point_key"),
                name="files_rendition_once",
            ),
        )


class PictureUse(models.Model):
    """A page that an image is on, or was on.

    `published` says whether the saved version of the page shows it; otherwise a draft does,
    or did. The row stays when the image is taken off, so that an image of a hidden page is
    not shown to more people afterwards.
    """

    image = models.ForeignKey(Image, on_delete=models.CASCADE, related_name="uses")
    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")
    published = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("image", "page"), name="files_picture_use_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.image_id} on {self.page_id}"
