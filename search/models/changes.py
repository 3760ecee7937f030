"""Rows that say what is still to be done: towards the index, and towards an engine."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Waiting(models.Model):
    """A row of work: appended in the transaction of its cause, gone when it is done."""

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
    """Something changed and the index does not know yet.

    Never updated by the change, so that writers do not wait for each other. Changes to the
    same item are applied once.
    """

    class Meta:
        verbose_name = _("change to be indexed")
        verbose_name_plural = _("changes to be indexed")
        ordering: ClassVar = ("pk",)
        indexes: ClassVar = (
            models.Index(fields=("source", "object_id"), name="search_change_item"),
        )


class Delivery(Waiting):
    """The index holds an item anew, or no longer, and an engine outside does not know yet.

    What is delivered is read when it is sent, so many rows of one item are sent once.
    """

    generation = models.PositiveIntegerField()
    # Of the item when the row was written; what is sent later is newer or the same.
    version = models.BigIntegerField()
    # The item is gone, or others may see it than before: the engine's answers must not
    # name it until it was told.
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
            # Asked with every question.
            models.Index(
                fields=("generation",),
                name="search_delivery_urgent",
                condition=models.Q(urgent=True),
            ),
        )
