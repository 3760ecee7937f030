"""Engines: where words are looked up. Chosen by one setting."""

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
    """The page of the query among items whose access rule is one of `rules`, by the engine
    that the settings name, or by the embedded one while that cannot answer."""
    return failover.search(query, rules, embedded=embedded(), remote=remote())


def embedded() -> Engine:
    """The engine inside the database, which is always kept; ImproperlyConfigured with a
    sentence where there is none."""
    return _embedded(connection.vendor)


def remote() -> RemoteEngine | None:
    """The engine outside the database, if `SEARCH_URL` names one; ImproperlyConfigured with
    a sentence where it names nonsense. Nothing is asked of it yet."""
    return RemoteEngine(settings.SEARCH_URL) if settings.SEARCH_URL else None


@cache
def _embedded(vendor: str) -> Engine:
    if vendor not in _EMBEDDED:
        raise ImproperlyConfigured(
            f"There is no search engine for {vendor}; use SQLite or PostgreSQL."
        )
    return _EMBEDDED[vendor]()
