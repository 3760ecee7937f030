"""What was imported, and how it looked when the import left it."""

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _


class ImportedItem(models.Model):
    """An item of a library, or a part of one, and what it became here.

    `digest` is that of what the item becomes, so the same item with the same converter
    changes nothing; it is empty while the import of the item is under way. `mark` tells
    how the object looked when the import left it: whoever edited it since, made another.
    """

    source = models.CharField(_("library"), max_length=80)
    item_id = models.CharField(_("item"), max_length=400)
    digest = models.CharField(max_length=64, blank=True)
    mark = models.CharField(max_length=64, blank=True)
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE)
    object_id = models.PositiveBigIntegerField()
    content_object = GenericForeignKey()
    imported_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("imported item")
        verbose_name_plural = _("imported items")
        constraints = (
            models.UniqueConstraint(
                fields=("source", "item_id"), name="importing_item_once"
            ),
        )
        indexes = (
            models.Index(fields=("content_type", "object_id"), name="importing_object"),
        )

    def __str__(self) -> str:
        return f"{self.source}: {self.item_id}"
