"""Search terms by day; never who searched."""

import datetime as dt
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q, Sum
from django.utils.translation import gettext_lazy as _

#: Longer queries are sentences that may reveal a person; they are not counted.
LONGEST_TERM = 80
#: Terms searched less often are not shown, as they may point to one person.
FEWEST_SEARCHES = 3


class SearchTermQuerySet(models.QuerySet["SearchTerm"]):
    """Search terms."""

    def since(self, day: dt.date) -> Self:
        """Return searches of that day and later."""
        return self.filter(day__gte=day)

    def reportable(self) -> Any:
        """Return each term with its sums.

        Rarely searched terms are omitted, as they may point to one person.
        """
        sums = self.order_by().values("term")
        summed = sums.annotate(
            searches=Sum("times"), without_results=Sum("found_nothing")
        )
        return summed.filter(searches__gte=FEWEST_SEARCHES)


class SearchTerm(models.Model):
    """How often a term was searched on a day, and how often without results."""

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
