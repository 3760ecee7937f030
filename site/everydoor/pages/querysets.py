"""Reads of pages."""

import datetime as dt
from typing import TYPE_CHECKING, Self

from wagtail.models import PageQuerySet

from people.access import access_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from people.querysets import Viewer


class BasePageQuerySet(PageQuerySet):
    """Pages of the house."""

    def visible_to(self, user: "Viewer") -> Self:
        """Live pages whose every restriction lets the person pass."""
        return self.filter(access_of(user).page_q)

    def listed(self) -> Self:
        """Pages that stand in listings by themselves, newest first."""
        return self.exclude(dated=None).order_by("-dated", "-pk")

    def about_topics(self, topics: "Iterable[int]") -> Self:
        """Pages with one of the topics."""
        return self.filter(
            pk__in=self.model.topics.through.objects.filter(
                topic_id__in=list(topics)
            ).values("basepage_id")
        )

    def for_audience(self, slug: str) -> Self:
        """Pages made for an audience."""
        return self.filter(audiences__slug=slug)

    def in_year(self, year: int) -> Self:
        """Pages dated in a calendar year of the site's zone."""
        return self.filter(dated__range=(dt.date(year, 1, 1), dt.date(year, 12, 31)))
