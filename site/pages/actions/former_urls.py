"""Redirects that Wagtail creates when the URL of a page changes."""

from collections import defaultdict
from typing import Any

from wagtail.contrib.redirects import signal_handlers
from wagtail.contrib.redirects.models import Redirect
from wagtail.contrib.redirects.signal_handlers import BatchRedirectCreator

FIELDS = ("old_path", "redirect_page_route_path")


class FittingRedirectCreator(BatchRedirectCreator):
    """Create redirects, except from URLs that are longer than their column.

    Each slug may be as long as that column, so a URL of two may not fit. PostgreSQL refuses
    such a row, and the page could be neither moved nor renamed.
    """

    def add(self, *, instance: Redirect | None = None, **kwargs: Any) -> None:
        """Add a redirect to the batch, if its former URL fits."""
        redirect = instance or self.initialize_instance(kwargs)
        if all(_fits(redirect, field) for field in FIELDS):
            super().add(instance=redirect)

    def pre_process(self) -> None:
        """Delete automatic redirects that the batch replaces.

        Wagtail's own way deletes all of them for an empty batch, and SQLite refuses its
        expression for a batch of a thousand.
        """
        replaced: dict[int | None, list[str]] = defaultdict(list)
        for redirect in self.items:
            replaced[redirect.site_id].append(redirect.old_path)
        for site_id, paths in replaced.items():
            Redirect.objects.filter(
                automatically_created=True, site_id=site_id, old_path__in=paths
            ).delete()


def _fits(redirect: Redirect, field: str) -> bool:
    longest = Redirect._meta.get_field(field).max_length
    return longest is None or len(getattr(redirect, field)) <= longest


def install_redirect_creator() -> None:
    """Make Wagtail create redirects in this way; it has no setting for that."""
    signal_handlers.BatchRedirectCreator = FittingRedirectCreator
