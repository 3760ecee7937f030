"""What people search for, by day; never who."""

import datetime as dt
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q, Sum
from django.utils.translation import gettext_lazy as _

#: Longer questions are not counted: they are sentences, and may tell of somebody.
LONGEST_TERM = 80
#: A term that was searched for less often is nobody's business but the person's.
FEWEST_SEARCHES = 3


class SearchTermQuerySet(models.QuerySet["SearchTerm"]):
    """Terms."""

    def since(self, day: dt.date) -> Self:
        """Searches of that day and later."""
        return self.filter(day__gte=day)

    def reportable(self) -> Any:
        """What editors may read: each term once, with its sums, if searched for often
        enough that it does not point at one person."""
        sums = self.order_by().values("term")
        summed = sums.annotate(
            searches=Sum("times"), without_results=Sum("found_nothing")
        )
        return summed.filter(searches__gte=FEWEST_SEARCHES)


class SearchTerm(models.Model):
    """How often a term was searched for on a day, and how often that found nothing."""

    day = models.DateField()
    term = models.CharField(max_length=LONGEST_TERM)
    times = models.PositiveIntegerField()
    found_nothing = models.PositiveIntegerField(default=0)

    objects = SearchTermQuerySet.as_manager()

    class Meta:
        verbose_name = _("search term")
        verbose_name_plural = _("search terms")
        constraints: ClassVar = (
            models.UniqueConstraint(
                fields=("day", "term"), name="search_term_once_a_day"
            ),
            models.CheckConstraint(
                condition=Q(times__gt=0, found_nothing__lte=F("times")),
                name="search_term_found_nothing_at_most",
            ),
        )

    def __str__(self) -> str:
        return self.term
