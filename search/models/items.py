"""Indexed items with their facets and passages, and the vocabulary."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from search.passages import Place, PlaceKind

#: The primary key of a passage is that of its item, shifted by so many bits, plus its
#: position, so that engines group passages by item without a join.
POSITION_BITS = 12
#: Reserved positions: the whole item and its card.
WHOLE, CARD, FIRST_PLACE = 0, 1, 2
MOST_PASSAGES = (1 << POSITION_BITS) - FIRST_PLACE

#: Access rule that nobody satisfies; set until an item is indexed again after a change
#: of privacy.
CONCEALED = "concealed"


class IndexedItem(models.Model):
    """A searchable page, file, person or organization; written only by the indexer.

    Each generation of the index has its own rows.
    """

    generation = models.PositiveIntegerField()
    source = models.CharField(max_length=20)
    object_id = models.BigIntegerField()
    kind = models.CharField(max_length=30)
    door = models.CharField(max_length=20, blank=True)
    eyebrow = models.CharField(max_length=120, blank=True)
    title = models.CharField(max_length=300)
    # Title folded by `analysis.fold`, to rank exact titles first.
    title_key = models.CharField(max_length=300)
    path = models.CharField(max_length=2000)
    summary = models.TextField(blank=True)
    rule = models.CharField(max_length=400, blank=True)
    # Access rule under which the vocabulary counts its words; concealing does not
    # change it.
    counted_rule = models.CharField(max_length=400, blank=True)
    language = models.CharField(max_length=10, blank=True)
    date = models.DateField(null=True)
    superseded = models.BooleanField(default=False)
    plate = models.JSONField(default=list)
    past_after = models.DateTimeField(null=True)
    # Keys of its facets, separated by blanks; counted in the application.
    facet_ids = models.TextField(blank=True)
    digest = models.CharField(max_length=64)
    # Increases with each write of the index; newer states have higher versions.
    version = models.BigIntegerField(default=0)
    indexed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("indexed item")
        verbose_name_plural = _("indexed items")
        constraints: ClassVar = (
            models.UniqueConstraint(
                fields=("generation", "source", "object_id"), name="search_item_once"
            ),
        )
        indexes: ClassVar = (
            # Covering index for suggestions by title.
            models.Index(
                fields=("generation", "title_key", "rule"),
                opclasses=("int4_ops", "varchar_pattern_ops", "varchar_pattern_ops"),
                name="search_item_title",
            ),
            models.Index(
                fields=("generation", "counted_rule"),
                condition=models.Q(rule=CONCEALED),
                name="search_item_concealed",
            ),
        )

    def __str__(self) -> str:
        return self.title


class StoredFacet(models.Model):
    """A value of a facet with its label."""

    name = models.CharField(max_length=20)
    value = models.CharField(max_length=120)
    label = models.CharField(max_length=200)

    class Meta:
        verbose_name = _("facet")
        verbose_name_plural = _("facets")
        constraints: ClassVar = (
            models.UniqueConstraint(fields=("name", "value"), name="search_facet_once"),
        )

    def __str__(self) -> str:
        return f"{self.name}: {self.label}"


class ItemFacet(models.Model):
    """A facet of an item, used by filters. Counts use `IndexedItem.facet_ids`."""

    item = models.ForeignKey(
        IndexedItem, on_delete=models.CASCADE, related_name="facets", db_index=False
    )
    facet = models.ForeignKey(
        StoredFacet, on_delete=models.CASCADE, related_name="items"
    )

    class Meta:
        verbose_name = _("facet of an item")
        verbose_name_plural = _("facets of items")
        constraints: ClassVar = (
            models.UniqueConstraint(
                fields=("item", "facet"), name="search_item_facet_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.facet}"


class Passage(models.Model):
    """A passage of an item.

    Position 0 holds the terms of the whole item, position 1 its card (title, keywords,
    summary); the places that a hit can open at follow. `heading` and `text` are
    displayed; `words` (stems) and `exact` (words as written) are searched. Engines copy
    these two in the same transaction, not by triggers, which later migrations of this
    table could silently drop.
    """

    id = models.BigIntegerField(primary_key=True)
    item = models.ForeignKey(
        IndexedItem, on_delete=models.CASCADE, related_name="passages"
    )
    heading = models.TextField(blank=True)
    text = models.TextField(blank=True)
    place = models.CharField(max_length=20)
    anchor = models.CharField(max_length=80, blank=True)
    number = models.PositiveIntegerField(default=0)
    words = models.TextField(blank=True)
    exact = models.TextField(blank=True)

    class Meta:
        verbose_name = _("passage")
        verbose_name_plural = _("passages")
        ordering: ClassVar = ("id",)

    def __str__(self) -> str:
        return self.heading or self.text[:60]

    @property
    def where(self) -> Place:
        """Place that the passage opens at."""
        return Place(PlaceKind(self.place), self.anchor, self.number)

    @property
    def position(self) -> int:
        """Position in its item."""
        return int(self.id) - (self.item_id << POSITION_BITS)


class Word(models.Model):
    """A word as written, with the number of items of an access rule that contain it.

    Counts describe the served generation and lag behind recently concealed items; read
    them through `engines.Lexicon`, which subtracts these.
    """

    word = models.CharField(max_length=40)
    rule = models.CharField(max_length=400, blank=True)
    items = models.IntegerField()

    class Meta:
        verbose_name = _("word")
        verbose_name_plural = _("words")
        constraints: ClassVar = (
            models.UniqueConstraint(
                fields=("word", "rule"),
                opclasses=("varchar_pattern_ops", "varchar_pattern_ops"),
                name="search_word_once",
            ),
        )

    def __str__(self) -> str:
        return self.word
