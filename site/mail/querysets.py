from collections.abc import Iterable
from datetime import datetime
from typing import Any, Self

from django.db import models


class OutgoingMailQuerySet(models.QuerySet):
    def due(self, *, at: datetime) -> Self:
        """Return mail to be sent, if its next attempt is due at that time."""
        return self.filter(state="queued", next_attempt_at__lte=at)

    def abandoned(self, *, since: datetime) -> Self:
        """Return mail claimed before that time and not finished: its worker has died."""
        return self.filter(state="sending", claimed_at__lt=since)

    def finished(self) -> Self:
        """Return mail that nothing more happens to: sent, failed, withheld or never sent."""
        return self.filter(state__in=["sent", "failed", "local", "withheld"])

    def addressed_to(self, addresses: Iterable[str]) -> Self:
        """Return mail to any of the bare e-mail addresses, in any case, in any field."""
        emails = {address.lower() for address in addresses}
        through = self.model.recipients.rel.related_model
        ids = through.objects.filter(email__in=emails).values("mail")
        return self.filter(pk__in=ids)

    def shown_to(self, user: Any) -> Self:
        """Return mail that the user may see at `/mail/`: if about a row, only their own."""
        own = self.addressed_to([getattr(user, "email", "")])
        return self.filter(models.Q(about_rule="") | models.Q(pk__in=own.values("pk")))

    def in_delivery_order(self) -> Self:
        """Sort urgent mail first, then what has been due the longest."""
        return self.order_by("priority", "next_attempt_at", "pk")

    def newest_first(self) -> Self:
        return self.order_by("-pk")

    def with_parts(self) -> Self:
        """Fetch recipients and attachments too, in a query each."""
        return self.prefetch_related("recipients", "attachments")
