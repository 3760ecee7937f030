"""Elasticsearch and OpenSearch: an external engine for large libraries."""

from .connection import ENGINE_ERRORS, parse_engine_url
from .documents import document
from .engine import Put, RemoteEngine, Remove, StoredItem

__all__ = [
    "ENGINE_ERRORS",
    "Put",
    "RemoteEngine",
    "Remove",
    "StoredItem",
    "document",
    "parse_engine_url",
]
