"""Promoted results: what editors put first for some words."""

from typing import Any

from django.core.cache import cache
from django.db import transaction

from search.promotions import PROMOTIONS


def promotion_changed(**_kwargs: Any) -> None:
    """Editors promote something else for some words."""
    cache.delete(PROMOTIONS)
    transaction.on_commit(lambda: cache.delete(PROMOTIONS))
