"""State of the index: generations, and which of them is served."""

from typing import ClassVar

from django.core.cache import cache
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

#: Seconds for which a process may still use the previous generation.
SERVED_SECONDS = 5
_SERVED = "search.served"
#: Generations from this number on are scratch generations, never served.
SCRATCH = 1_000_000_000


class IndexState(models.Model):
    """State of the index, in a single row that writers lock."""

    serving = models.PositiveIntegerField(default=1)
    building = models.PositiveIntegerField(null=True)
    # Last key of each source written to the generation that is being built.
    cursor = models.JSONField(default=dict)
    # Number of writes of the index.
    version = models.BigIntegerField(default=0)
    # External engine that has received every write; empty without one.
    delivered_to = models.CharField(max_length=300, blank=True)
    rebuilt_at = models.DateTimeField(null=True)
    applied_at = models.DateTimeField(null=True)
    # Time and outcome of the last full comparison with the database.
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
        """Return the generation to search.

        Cached for a few seconds, so it may be the previous one, which is retained for
        longer.
        """
        number: int | None = cache.get(_SERVED)
        if number is None:
            number = cls.objects.values_list("serving", flat=True).get()
            cache.set(_SERVED, number, SERVED_SECONDS)
        return number

    @classmethod
    def forget_served(cls) -> None:
        """Clear the cached generation of this process and of those that share its cache."""
        cache.delete(_SERVED)

    @property
    def open_generations(self) -> tuple[int, ...]:
        """Generations to which changes are written."""
        built = () if self.building is None else (self.building,)
        return (self.serving, *built)


class Generation(models.Model):
    """Size of a generation in the embedded engine; BM25 needs the average length."""

    number = models.PositiveIntegerField(primary_key=True)
    items = models.BigIntegerField(default=0)
    # Without the rows of whole items.
    passages = models.BigIntegerField(default=0)
    # Tokens in `Passage.words`, including repetitions.
    words = models.BigIntegerField(default=0)
    begun_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("generation of the index")
        verbose_name_plural = _("generations of the index")

    def __str__(self) -> str:
        return f"{self.number}"
