"""What was imported, and its state after the import."""

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _


class ImportedItem(models.Model):
    """An item of a library, or a part of one, and the object that it became.

    `digest` is the digest of the plan, so that the same item with the same converter
    changes nothing; it is empty until the item is fully imported. `mark` identifies the
    state of the object after the import: if it differs, somebody has edited the object.
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
