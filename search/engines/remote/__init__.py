"""Elasticsearch and OpenSearch: an engine outside the database, for large libraries."""

from .connection import ENGINE_ERRORS, address
from .documents import document
from .engine import Held, Put, RemoteEngine, Remove

__all__ = [
    "ENGINE_ERRORS",
    "Held",
    "Put",
    "RemoteEngine",
    "Remove",
    "address",
    "document",
]
