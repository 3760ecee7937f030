"""Search engines; `SEARCH_URL` chooses one."""

from collections.abc import Callable
from functools import cache

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from search.query import Query

from . import failover
from .base import (
    Answer,
    Change,
    Cooccurrence,
    Count,
    Engine,
    ItemKey,
    Match,
    Pair,
    Size,
)
from .lexicon import Lexicon
from .postgres import PostgresEngine
from .remote import RemoteEngine
from .sqlite import SqliteEngine
from .vocabulary import recount

__all__ = [
    "Answer",
    "Change",
    "Cooccurrence",
    "Count",
    "Engine",
    "ItemKey",
    "Lexicon",
    "Match",
    "Pair",
    "RemoteEngine",
    "Size",
    "ask",
    "embedded",
    "recount",
    "remote",
]

_EMBEDDED: dict[str, Callable[[], Engine]] = {
    "sqlite": SqliteEngine,
    "postgresql": PostgresEngine,
}


def search(query: Query, rules: frozenset[str]) -> Answer:
    """Return a page of results among items whose access rule is one of `rules`.

    The configured engine answers, or the embedded one while the external engine is
    unavailable.
    """
    return failover.search(query, rules, embedded=embedded(), remote=remote())


def embedded() -> Engine:
    """Return the engine inside the database, which is always maintained.

    Raises ImproperlyConfigured if the database is not supported.
    """
    return _embedded(connection.vendor)


def remote() -> RemoteEngine | None:
    """Return the external engine, or None if `SEARCH_URL` is empty; sends no request.

    Raises ImproperlyConfigured if the URL is invalid.
    """
    return RemoteEngine(settings.SEARCH_URL) if settings.SEARCH_URL else None


@cache
def _embedded(vendor: str) -> Engine:
    if vendor not in _EMBEDDED:
        raise ImproperlyConfigured(
            f"There is no search engine for {vendor}; use SQLite or PostgreSQL."
        )
    return _EMBEDDED[vendor]()
