"""What search holds: items, their facets and passages, and the changes still to apply."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from search.passages import Place, PlaceKind

from .terms import FEWEST_SEARCHES, LONGEST_TERM, SearchTerm

__all__ = [
    "CONCEALED",
    "FEWEST_SEARCHES",
    "LONGEST_TERM",
    "MOST_PASSAGES",
    "POSITION_BITS",
    "IndexChange",
    "IndexState",
    "IndexedItem",
    "ItemFacet",
    "Passage",
    "SearchTerm",
]

#: A passage's primary key is its item's, shifted by so many bits, plus its position, so
#: that an engine collapses passages to items without reading a table.
POSITION_BITS = 12
MOST_PASSAGES = (1 << POSITION_BITS) - 1

#: A rule that nobody passes: the item waits to be indexed anew after its privacy changed.
CONCEALED = "concealed"


class IndexedItem(models.Model):
    """Something that can be found: a page, a file. Written by the indexer alone."""

    source = models.CharField(max_length=20)
    object_id = models.BigIntegerField()
    kind = models.CharField(max_length=30)
    door = models.CharField(max_length=20, blank=True)
    eyebrow = models.CharField(max_length=120, blank=True)
    title = models.CharField(max_length=300)
    # The title as `query.fold` makes it: who types it, finds the item first.
    title_key = models.CharField(max_length=300)
    path = models.CharField(max_length=2000)
    summary = models.TextField(blank=True)
    rule = models.CharField(max_length=400, blank=True)
    language = models.CharField(max_length=10, blank=True)
    date = models.DateField(null=True)
    plate = models.JSONField(default=list)
    past_after = models.DateTimeField(null=True)
    digest = models.CharField(max_length=64)
    indexed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("indexed item")
        verbose_name_plural = _("indexed items")
        constraints: ClassVar = (
            models.UniqueConstraint(
                fields=("source", "object_id"), name="search_item_once"
            ),
        )

    def __str__(self) -> str:
        return self.title


class ItemFacet(models.Model):
    """One value by which an item can be filtered and counted."""

    item = models.ForeignKey(
        IndexedItem, on_delete=models.CASCADE, related_name="facets", db_index=False
    )
    name = models.CharField(max_length=20)
    value = models.CharField(max_length=120)
    label = models.CharField(max_length=200)

    class Meta:
        verbose_name = _("facet of an item")
        verbose_name_plural = _("facets of items")
        constraints: ClassVar = (
            models.UniqueConstraint(
                fields=("item", "name", "value"), name="search_facet_once"
            ),
        )
        indexes: ClassVar = (
            models.Index(fields=("name", "value"), name="search_facet_value"),
        )

    def __str__(self) -> str:
        return f"{self.name}: {self.label}"


class Passage(models.Model):
    """A stretch of an item. Position 0 is the item's card: title, keywords, summary.

    The full text over these rows is written by the engine in the same transaction, not by
    triggers, which a later change of this table would drop without a word.
    """

    id = models.BigIntegerField(primary_key=True)
    item = models.ForeignKey(
        IndexedItem, on_delete=models.CASCADE, related_name="passages"
    )
    title = models.TextField(blank=True)
    keywords = models.TextField(blank=True)
    heading = models.TextField(blank=True)
    text = models.TextField(blank=True)
    place = models.CharField(max_length=20)
    anchor = models.CharField(max_length=80, blank=True)
    number = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("passage")
        verbose_name_plural = _("passages")
        ordering: ClassVar = ("id",)

    def __str__(self) -> str:
        return self.heading or self.text[:60]

    @property
    def where(self) -> Place:
        """Where it opens."""
        return Place(PlaceKind(self.place), self.anchor, self.number)


class IndexChange(models.Model):
    """Something changed and the index does not know yet.

    Appended in the transaction of the change; never updated by it, so that writers do not
    wait for each other. Changes to the same item are applied once.
    """

    source = models.CharField(max_length=20)
    object_id = models.BigIntegerField()
    noted_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveIntegerField(default=0)
    not_before = models.DateTimeField(default=timezone.now, db_index=True)
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("change to be indexed")
        verbose_name_plural = _("changes to be indexed")
        ordering: ClassVar = ("pk",)
        indexes: ClassVar = (
            models.Index(fields=("source", "object_id"), name="search_change_item"),
        )

    def __str__(self) -> str:
        return f"{self.source} {self.object_id}"


class IndexState(models.Model):
    """One row: whoever writes the index holds it, so writers take turns."""

    rebuilt_at = models.DateTimeField(null=True)
    applied_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("state of the index")
        verbose_name_plural = _("state of the index")
        constraints: ClassVar = (
            models.CheckConstraint(
                condition=models.Q(pk=1), name="search_state_is_one_row"
            ),
        )

    def __str__(self) -> str:
        return f"{self.applied_at or ''}"
