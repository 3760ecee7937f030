"""Items that can be found, their facets and passages, and the words that stand in them."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from search.passages import Place, PlaceKind

#: A passage's primary key is its item's, shifted by so many bits, plus its position, so
#: that an engine collapses passages to items without reading a table.
POSITION_BITS = 12
#: Positions that are no places: the whole item, and its card.
WHOLE, CARD, FIRST_PLACE = 0, 1, 2
MOST_PASSAGES = (1 << POSITION_BITS) - FIRST_PLACE

#: A rule that nobody passes: the item waits to be indexed anew after its privacy changed.
CONCEALED = "concealed"


class IndexedItem(models.Model):
    """Something that can be found: a page, a file, a person. Written by the indexer alone.

    Each generation of the index has rows of its own.
    """

    generation = models.PositiveIntegerField()
    source = models.CharField(max_length=20)
    object_id = models.BigIntegerField()
    kind = models.CharField(max_length=30)
    door = models.CharField(max_length=20, blank=True)
    eyebrow = models.CharField(max_length=120, blank=True)
    title = models.CharField(max_length=300)
    # The title as `analysis.fold` makes it: who types it, finds the item first.
    title_key = models.CharField(max_length=300)
    path = models.CharField(max_length=2000)
    summary = models.TextField(blank=True)
    rule = models.CharField(max_length=400, blank=True)
    # The rule under which its words were counted; concealing leaves it as it is.
    counted_rule = models.CharField(max_length=400, blank=True)
    language = models.CharField(max_length=10, blank=True)
    date = models.DateField(null=True)
    superseded = models.BooleanField(default=False)
    plate = models.JSONField(default=list)
    past_after = models.DateTimeField(null=True)
    # Keys of its facets with blanks between: read with the item, counted by the application.
    facet_ids = models.TextField(blank=True)
    digest = models.CharField(max_length=64)
    # Grows with each writing of any item: what is newer has the larger one.
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
            # Holds all that a look through the titles needs.
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
    """A value by which items can be filtered and counted, with the name that is shown."""

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
    """An item has a facet: for filters. Counts read `IndexedItem.facet_ids`."""

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
    """A stretch of an item. Position 0 holds the words of the whole item; position 1 is its
    card: title, keywords, summary; the places that a hit can open at follow.

    `heading` and `text` are shown; `words` and `exact` are looked up, as
    `search.analysis` made them. What an engine keeps of these two is written by the engine
    in the same transaction, not by triggers, which a later change of this table would drop
    without a word.
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
        """Where it opens."""
        return Place(PlaceKind(self.place), self.anchor, self.number)

    @property
    def position(self) -> int:
        """Its number in its item."""
        return int(self.id) - (self.item_id << POSITION_BITS)


class Word(models.Model):
    """A word of the library as it is written, and in how many items of a rule it stands.

    Of the generation that is served. Counts of items whose privacy just changed are late;
    whoever shows a word reads it by `engines.Lexicon`, which takes these off.
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
