"""Queries of pages."""

import datetime as dt
from collections import defaultdict
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import prefetch_related_objects
from django.db.models.functions import Cast
from django.utils import timezone
from wagtail.models import PageQuerySet, Revision

from people.access import access_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from people.querysets import Viewer

    from .models import BasePage


class BasePageQuerySet(PageQuerySet):
    """Queries that every page type has."""

    def visible_to(self, user: "Viewer") -> Self:
        """Return live pages of which the user passes every view restriction."""
        return self.filter(access_of(user).page_q)

    def listed(self) -> Self:
        """Return pages that appear in listings, newest first."""
        return self.exclude(dated=None).order_by("-dated", "-pk")

    def coming_first(self) -> Self:
        """Order coming pages first, the nearest first; then past ones, the latest first."""
        coming = models.Q(dated__gte=timezone.localdate())
        return self.order_by(
            models.Case(models.When(coming, then=0), default=1),
            models.Case(models.When(coming, then="dated")),
            "-dated",
            "-pk",
        )

    def as_rows(self) -> list["BasePage"]:
        """Return pages as their own types with what their rows show.

        Costs one query for each type, and one for each relation that a type shows.
        """
        pages: list[Any] = list(self.specific())
        by_type: dict[type, list[Any]] = defaultdict(list)
        for page in pages:
            by_type[type(page)].append(page)
        for model, alike in by_type.items():
            prefetch_related_objects(alike, *getattr(model, "row_relations", ()))
        return pages

    def about_topics(self, topics: "Iterable[int]") -> Self:
        """Return pages that have one of the topics."""
        return self.filter(
            pk__in=self.model.topics.through.objects.filter(
                topic_id__in=list(topics)
            ).values("basepage_id")
        )

    def for_audience(self, slug: str) -> Self:
        """Return pages made for an audience."""
        return self.filter(audiences__slug=slug)

    def in_year(self, year: int) -> Self:
        """Return pages dated in a calendar year of the site's time zone."""
        return self.filter(dated__range=(dt.date(year, 1, 1), dt.date(year, 12, 31)))

    def visible_in_cms_to(self, user: "Viewer") -> Self:
        """Return pages, drafts too, that the CMS does not hide from an editor."""
        return self.filter(access_of(user).cms_page_q)

    def drafts_of(self, user: "Viewer") -> Self:
        """Return unpublished changes that the user made last, the latest first."""
        mine = self.filter(has_unpublished_changes=True, latest_revision__user=user)
        return mine.order_by("-latest_revision_created_at")

    def due_for_review(self, days: int = 30) -> Self:
        """Return live pages whose review date is past or within so many days."""
        until = timezone.localdate() + dt.timedelta(days=days)
        return self.filter(live=True, review_date__lte=until).order_by("review_date")

    def scheduled(self) -> Self:
        """Return pages with an approved revision that goes live later, the next one first.

        Each has `goes_live_at`. A live page may have such a revision too.
        """
        approved = Revision.page_revisions.filter(
            object_id=Cast(models.OuterRef("pk"), models.CharField()),
            approved_go_live_at__isnull=False,
        ).values("approved_go_live_at")
        planned = self.annotate(goes_live_at=models.Subquery(approved[:1]))
        return planned.exclude(goes_live_at=None).order_by("goes_live_at")
