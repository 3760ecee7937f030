"""Which generation of the index is served, and which one is being built."""

from typing import ClassVar

from django.core.cache import cache
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

#: How long a process may go on asking the generation that was served before.
SERVED_SECONDS = 5
_SERVED = "search.served"
#: Generations from this number on are never served: something is measured in them.
SCRATCH = 1_000_000_000


class IndexState(models.Model):
    """One row: whoever writes the index holds it, so writers take turns."""

    serving = models.PositiveIntegerField(default=1)
    building = models.PositiveIntegerField(null=True)
    # The last key of each source that the generation being built has passed.
    cursor = models.JSONField(default=dict)
    # Counts the writings of the index.
    version = models.BigIntegerField(default=0)
    # The engine outside the database that hears of every writing; empty without one.
    delivered_to = models.CharField(max_length=300, blank=True)
    rebuilt_at = models.DateTimeField(null=True)
    applied_at = models.DateTimeField(null=True)
    # When all of it was compared with the database, and how much differed.
    compared_at = models.DateTimeField(null=True)
    differences = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("state of the index")
        verbose_name_plural = _("state of the index")
        constraints: ClassVar = (
            models.CheckConstraint(
                condition=models.Q(pk=1), name="search_state_is_one_row"
            ),
            models.CheckConstraint(
                condition=models.Q(building=None)
                | models.Q(building__gt=models.F("serving")),
                name="search_building_is_newer",
            ),
        )

    def __str__(self) -> str:
        return f"{self.serving}"

    @classmethod
    def served(cls) -> int:
        """The generation to ask; known for some seconds, so it may be the one before, which
        is kept for as long as anybody may ask it."""
        number: int | None = cache.get(_SERVED)
        if number is None:
            number = cls.objects.values_list("serving", flat=True).get()
            cache.set(_SERVED, number, SERVED_SECONDS)
        return number

    @classmethod
    def forget_served(cls) -> None:
        """This process, and those that share its cache, ask the database again."""
        cache.delete(_SERVED)

    @property
    def open_generations(self) -> tuple[int, ...]:
        """Every generation that changes are written to."""
        built = () if self.building is None else (self.building,)
        return (self.serving, *built)


class Generation(models.Model):
    """How much the embedded engine holds in a generation; BM25 needs the averages."""

    number = models.PositiveIntegerField(primary_key=True)
    items = models.BigIntegerField(default=0)
    # Without the rows that hold whole items.
    passages = models.BigIntegerField(default=0)
    # Tokens in `Passage.words`, repeated ones as often as they stand there.
    words = models.BigIntegerField(default=0)
    begun_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("generation of the index")
        verbose_name_plural = _("generations of the index")

    def __str__(self) -> str:
        return f"{self.number}"
