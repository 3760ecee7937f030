"""Receiver for promoted results."""

from typing import Any

from django.core.cache import cache
from django.db import transaction

from search.promotions import PROMOTIONS


def promotion_changed(**_kwargs: Any) -> None:
    """Clear the cache of promotions, now and again after the commit."""
    cache.delete(PROMOTIONS)
    transaction.on_commit(lambda: cache.delete(PROMOTIONS))
