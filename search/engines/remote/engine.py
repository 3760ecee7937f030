"""The external engine: copies of the embedded index, queried over HTTP."""

import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from elasticsearch import BadRequestError
from elasticsearch.helpers import scan, streaming_bulk

from search.engines.base import MIN_STRICT_MATCHES, Answer, ItemKey, Size
from search.query import Query, Sort

from .answers import RESPONSE_FIELDS, parse_answer, parse_document_id, total
from .connection import EngineLocation, client, parse_engine_url, writer
from .documents import SETTINGS, ItemDocument
from .request_body import SearchRequest, document_id, search_body

#: Bulk request size, well below the limit of engines.
_MOST_BYTES = 8 * 1024 * 1024
#: A newer version is stored, or the item is already gone; both count as done.
_CONFLICT, _NOT_FOUND = 409, 404


@dataclass(frozen=True, slots=True)
class Put:
    """Store the document, unless a newer version is stored."""

    key: ItemKey
    version: int
    document: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Remove:
    """Delete the item, unless a newer version is stored."""

    key: ItemKey
    version: int


@dataclass(frozen=True, slots=True)
class StoredItem:
    """Digest and version of a stored item."""

    digest: str
    version: int


@dataclass(frozen=True, slots=True)
class RemoteEngine:
    """An external engine that stores copies of the embedded index.

    Each generation is an index with two aliases: one for writing, required by every
    request so that none creates an index implicitly, and one for searching, added once
    the index is complete. All methods raise `ENGINE_ERRORS` if the engine is
    unavailable.
    """

    #: May contain a password.
    url: str = field(repr=False)

    def __post_init__(self) -> None:
        parse_engine_url(self.url)

    @property
    def location(self) -> EngineLocation:
        """Hosts and index prefix."""
        return parse_engine_url(self.url)

    @property
    def name(self) -> str:
        """Name of the product in reports."""
        return self.location.product

    def generations(self) -> dict[int, bool]:
        """Return the stored generations, and whether each may be searched."""
        found = client(self.url).indices.get_alias(
            index=f"{self.location.prefix}-g*", ignore_unavailable=True
        )
        own = re.compile(re.escape(self.location.prefix) + r"-g(\d+)")
        numbers = {name: own.fullmatch(name) for name in found}
        return {
            int(number[1]): self._search_alias(int(number[1])) in found[name]["aliases"]
            for name, number in numbers.items()
            if number
        }

    def create(self, generation: int) -> None:
        """Create the index of a generation, not yet searchable; idempotent."""
        try:
            writer(self.url).indices.create(
                index=self._index(generation),
                settings=SETTINGS,
                mappings=ItemDocument._doc_type.mapping.to_dict(),
                aliases={self._write_alias(generation): {}},
            )
        except BadRequestError as error:  # created concurrently
            if error.error != "resource_already_exists_exception":
                raise

    def open(self, generation: int) -> None:
        """Make a complete generation searchable."""
        index = self._index(generation)
        writer(self.url).indices.refresh(index=index)
        writer(self.url).indices.put_alias(
            index=index, name=self._search_alias(generation)
        )

    def drop(self, generation: int) -> None:
        """Delete the index of the generation."""
        writer(self.url).indices.delete(
            index=self._index(generation), ignore_unavailable=True
        )

    def send(
        self, changes: Iterable[Put | Remove], *, generation: int, refresh: bool
    ) -> dict[ItemKey, str]:
        """Apply changes in any order and any number of times; return reasons of rejections.

        With `refresh`, searches see the changes when this returns; otherwise within a
        second.
        """
        answers = streaming_bulk(
            writer(self.url),
            (_action(change) for change in changes),
            index=self._write_alias(generation),
            max_chunk_bytes=_MOST_BYTES,
            raise_on_error=False,
            require_alias=True,
            refresh=refresh,
        )
        return {
            parse_document_id(found["_id"]): _reason(found)
            for _well, each in answers
            for found in each.values()
            if not _is_done(found)
        }

    def stored_items(self, generation: int) -> Iterator[tuple[ItemKey, StoredItem]]:
        """Yield every stored item of a generation."""
        writer(self.url).indices.refresh(index=self._index(generation))
        request = {"_source": ["digest"], "version": True, "sort": ["_doc"]}
        found = scan(
            writer(self.url),
            index=self._index(generation),
            query=request,
            size=1000,
            preserve_order=True,
        )
        for hit in found:
            yield (
                parse_document_id(hit["_id"]),
                StoredItem(hit["_source"]["digest"], hit["_version"]),
            )

    def size(self, generation: int) -> Size:
        """Return the size as of about a second ago; zero if there is no index."""
        found = client(self.url).search(
            index=self._index(generation),
            ignore_unavailable=True,
            size=0,
            track_total_hits=True,
            aggregations={"passages": {"nested": {"path": "passages"}}},
        )
        counted = found.get("aggregations", {"passages": {"doc_count": 0}})
        return Size(total(found.body), counted["passages"]["doc_count"])

    def search(
        self,
        query: Query,
        rules: frozenset[str],
        *,
        generation: int,
        hidden: frozenset[ItemKey] = frozenset(),
    ) -> Answer:
        """Return a page of results among items with one of the `rules`, without `hidden` ones.

        Strict matches are requested first, as they are few and cheap to count; items
        with some of the terms only if there are too few.
        """
        request = SearchRequest(query, rules, hidden, timezone.localdate())
        found = self._search(request, generation, loose=False)
        strict = total(found)
        if strict < _enough(query) and _may_be_loose(query):
            found = self._search(request, generation, loose=True)
        return parse_answer(found, strict=strict)

    def _search(
        self, request: SearchRequest, generation: int, *, loose: bool
    ) -> Mapping[str, Any]:
        words = request.query.words
        answer = client(self.url).search(
            index=self._search_alias(generation),
            filter_path=",".join(RESPONSE_FIELDS),
            # Replicas differ in deleted documents; the same query uses the same
            # replica, so that no item appears on two pages.
            preference=str(zlib.crc32(words.encode())),
            allow_partial_search_results=False,
            **search_body(request, loose=loose),
        )
        found: Mapping[str, Any] = answer.body
        return found

    def _index(self, generation: int) -> str:
        return f"{self.location.prefix}-g{generation}"

    def _write_alias(self, generation: int) -> str:
        return f"{self._index(generation)}-written"

    def _search_alias(self, generation: int) -> str:
        return f"{self._index(generation)}-asked"


def _enough(query: Query) -> int:
    return MIN_STRICT_MATCHES if query.sort is Sort.BEST else 1


def _may_be_loose(query: Query) -> bool:
    """Return whether an item can contain some of the terms without all of them."""
    terms = [reading for clause in query.clauses for reading in clause.variants]
    return len(query.clauses) > 1 or any(len(reading) > 1 for reading in terms)


def _action(change: Put | Remove) -> dict[str, Any]:
    action = {
        "_id": document_id(change.key),
        "version": change.version,
        "version_type": "external",
    }
    if isinstance(change, Remove):
        return {**action, "_op_type": "delete"}
    return {**action, "_op_type": "index", "_source": change.document}


def _is_done(found: Mapping[str, Any]) -> bool:
    if found["status"] == _NOT_FOUND:
        return "error" not in found
    return found["status"] < 300 or found["status"] == _CONFLICT  # noqa: PLR2004


def _reason(found: Mapping[str, Any]) -> str:
    error = found.get("error") or {}
    return f"{error.get('type', found['status'])}: {error.get('reason', '')}"
