"""Reads of sessions."""

from typing import Self

from django.utils import timezone

from pages.querysets import BasePageQuerySet


class SessionQuerySet(BasePageQuerySet):
    """Sessions."""

    def coming(self) -> Self:
        """Sessions whose first occurrence is not over yet, the next one first."""
        return self.filter(ends_at__gte=timezone.now()).order_by("starts_at", "pk")

    def past(self) -> Self:
        """Sessions that are over, the latest first."""
        return self.filter(ends_at__lt=timezone.now()).order_by("-starts_at", "-pk")
