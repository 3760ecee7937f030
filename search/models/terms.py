"""Search terms by day; never who searched.

A person counts once a day for each term, so that one person who searches again and again does
not make a term look common.
"""

import datetime as dt
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q, Sum
from django.utils.translation import gettext_lazy as _

#: Longer queries are sentences that may reveal a person; they are not counted.
LONGEST_TERM = 80
#: Terms that fewer people searched for are not shown, as they may point to one of them.
FEWEST_PEOPLE = 3


class SearchTermQuerySet(models.QuerySet["SearchTerm"]):
    """Search terms."""

    def since(self, day: dt.date) -> Self:
        """Return searches of that day and later."""
        return self.filter(day__gte=day)

    def reportable(self) -> Any:
        """Return each term with its sums.

        Terms of few people are omitted, as they may point to one of them.
        """
        sums = self.order_by().values("term")
        summed = sums.annotate(
            people_days=Sum("people"), without_results=Sum("found_nothing")
        )
        return summed.filter(people_days__gte=FEWEST_PEOPLE)


class SearchTerm(models.Model):
    """How many people searched for a term on a day, and for how many nothing was found."""

    day = models.DateField()
    term = models.CharField(max_length=LONGEST_TERM)
    people = models.PositiveIntegerField()
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
                condition=Q(people__gt=0, found_nothing__lte=F("people")),
                name="search_term_found_nothing_at_most",
            ),
        )

    def __str__(self) -> str:
        return self.term


class CountedSearch(models.Model):
    """A person's search for a term on a day, by a keyed hash of the three; deleted soon.

    Without the key of the environment nobody can tell which person or which term it was, and
    no two rows of a person resemble each other.
    """

    day = models.DateField()
    token = models.CharField(max_length=64, unique=True)

    def __str__(self) -> str:
        return self.token
