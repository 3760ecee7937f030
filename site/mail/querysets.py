from datetime import datetime
from typing import Self

from django.db import models


class OutgoingMailQuerySet(models.QuerySet):
    def due(self, *, at: datetime) -> Self:
        """Waits, and its time has come."""
        return self.filter(state="queued", next_attempt_at__lte=at)

    def abandoned(self, *, since: datetime) -> Self:
        """Claimed before then and never finished: its worker must have died."""
        return self.filter(state="sending", claimed_at__lt=since)

    def over(self) -> Self:
        """Nothing more happens to it: sent, given up, or kept in the house."""
        return self.filter(state__in=["sent", "failed", "kept"])

    def newest_first(self) -> Self:
        return self.order_by("-pk")
