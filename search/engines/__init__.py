"""Engines: where words are looked up. Chosen by one setting."""

from collections.abc import Callable
from functools import cache

from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from .base import Answer, Change, Count, Engine, Key, Match, Size
from .postgres import PostgresEngine
from .sqlite import SqliteEngine
from .vocabulary import recount

__all__ = [
    "Answer",
    "Change",
    "Count",
    "Engine",
    "Key",
    "Match",
    "Size",
    "embedded",
    "recount",
]

_EMBEDDED: dict[str, Callable[[], Engine]] = {
    "sqlite": SqliteEngine,
    "postgresql": PostgresEngine,
}


def embedded() -> Engine:
    """The engine inside the database, which is always kept; ImproperlyConfigured with a
    sentence where there is none."""
    return _embedded(connection.vendor)


@cache
def _embedded(vendor: str) -> Engine:
    if vendor not in _EMBEDDED:
        raise ImproperlyConfigured(
            f"There is no search engine for {vendor}; use SQLite or PostgreSQL."
        )
    return _EMBEDDED[vendor]()
