"""Redirects that Wagtail creates when the URL of a page changes."""

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
        """Delete redirects that the batch replaces; an empty one would delete all."""
        if self.items:
            super().pre_process()


def _fits(redirect: Redirect, field: str) -> bool:
    longest = Redirect._meta.get_field(field).max_length
    return longest is None or len(getattr(redirect, field)) <= longest


def install_redirect_creator() -> None:
    """Make Wagtail create redirects in this way; it has no setting for that."""
    signal_handlers.BatchRedirectCreator = FittingRedirectCreator
