"""Engines: where words are looked up. Chosen by one setting."""

from functools import cache

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from .base import Answer, Count, Engine, Match, Size, Snippet
from .postgres import PostgresEngine
from .sqlite import SqliteEngine

__all__ = ["Answer", "Count", "Engine", "Match", "Size", "Snippet", "current"]

_EMBEDDED: dict[str, type[Engine]] = {
    "sqlite": SqliteEngine,
    "postgresql": PostgresEngine,
}


def current() -> Engine:
    """The engine of this site; ImproperlyConfigured with a sentence where there is none."""
    return _engine(settings.SEARCH_URL, connection.vendor)


@cache
def _engine(url: str, vendor: str) -> Engine:
    if url:
        raise ImproperlyConfigured(
            "SEARCH_URL is set, but this version searches inside the database only. "
            "Leave SEARCH_URL empty."
        )
    if vendor not in _EMBEDDED:
        raise ImproperlyConfigured(
            f"There is no search engine for {vendor}; use SQLite or PostgreSQL."
        )
    return _EMBEDDED[vendor]()
