"""Pending work: changes for the index, and deliveries to an external engine."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Waiting(models.Model):
    """A pending row, written in the transaction of its cause and deleted when done."""

    source = models.CharField(max_length=20)
    object_id = models.BigIntegerField()
    noted_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveIntegerField(default=0)
    not_before = models.DateTimeField(default=timezone.now, db_index=True)
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.source} {self.object_id}"


class IndexChange(Waiting):
    """An item changed and the index does not contain the change yet.

    Rows are only inserted, so that writers do not wait for each other; several rows for
    one item are applied once.
    """

    class Meta:
        verbose_name = _("change to be indexed")
        verbose_name_plural = _("changes to be indexed")
        ordering: ClassVar = ("pk",)
        indexes: ClassVar = (
            models.Index(fields=("source", "object_id"), name="search_change_item"),
        )


class Delivery(Waiting):
    """An item was written to or removed from the index, and the external engine must follow.

    The content is read when it is sent, so several rows for one item are sent once.
    """

    generation = models.PositiveIntegerField()
    # Version of the item when the row was written; what is sent may be newer.
    version = models.BigIntegerField()
    # The item was removed or its access rule changed: results of the engine exclude it
    # until this row is delivered.
    urgent = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("delivery to the search engine")
        verbose_name_plural = _("deliveries to the search engine")
        ordering: ClassVar = ("pk",)
        indexes: ClassVar = (
            models.Index(
                fields=("generation", "source", "object_id"),
                name="search_delivery_item",
            ),
            # Read by every query.
            models.Index(
                fields=("generation",),
                name="search_delivery_urgent",
                condition=models.Q(urgent=True),
            ),
        )
