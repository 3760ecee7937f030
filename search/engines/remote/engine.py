"""The engine outside the database: copies of the embedded index, asked over HTTP."""

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

#: Much less than an engine takes at once, much more than one item.
_MOST_BYTES = 8 * 1024 * 1024
#: Something newer is held, or what shall go is gone: done.
_CONFLICT, _NOT_FOUND = 409, 404


@dataclass(frozen=True, slots=True)
class Put:
    """Hold the document, unless a newer version is held."""

    key: ItemKey
    version: int
    document: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Remove:
    """Hold nothing of the item, unless a newer version is held."""

    key: ItemKey
    version: int


@dataclass(frozen=True, slots=True)
class StoredItem:
    """What is held of an item."""

    digest: str
    version: int


@dataclass(frozen=True, slots=True)
class RemoteEngine:
    """An engine that holds copies; it suggests, the database authorizes.

    A generation has an index of its own, and two names for it: one to be written by, so
    that no writing ever makes an index by itself, and one to be asked by, given once it is
    whole. Every method raises `connection.ENGINE_ERRORS` where the engine cannot be reached.
    """

    #: A password may stand in it.
    url: str = field(repr=False)

    def __post_init__(self) -> None:
        parse_engine_url(self.url)

    @property
    def location(self) -> EngineLocation:
        """Where it is."""
        return parse_engine_url(self.url)

    @property
    def name(self) -> str:
        """What the engine is called in reports."""
        return self.location.product

    def generations(self) -> dict[int, bool]:
        """The generations that are held, and whether each may be asked."""
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
        """Make room for a generation, which is not asked yet; harmless where there is."""
        try:
            writer(self.url).indices.create(
                index=self._index(generation),
                settings=SETTINGS,
                mappings=ItemDocument._doc_type.mapping.to_dict(),
                aliases={self._write_alias(generation): {}},
            )
        except BadRequestError as error:  # somebody else was quicker
            if error.error != "resource_already_exists_exception":
                raise

    def open(self, generation: int) -> None:
        """Let the generation be asked: it is whole."""
        index = self._index(generation)
        writer(self.url).indices.refresh(index=index)
        writer(self.url).indices.put_alias(
            index=index, name=self._search_alias(generation)
        )

    def drop(self, generation: int) -> None:
        """Hold nothing of the generation."""
        writer(self.url).indices.delete(
            index=self._index(generation), ignore_unavailable=True
        )

    def send(
        self, changes: Iterable[Put | Remove], *, generation: int, refresh: bool
    ) -> dict[ItemKey, str]:
        """Apply changes in any order, any number of times; returns why some were refused.

        With `at_once`, whoever asks afterwards gets answers that know of them; otherwise
        that takes about a second.
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
        """Everything that is held of a generation."""
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
        """How much is held, as of a second ago; nothing where there is no room."""
        found = client(self.url).search(
            index=self._index(generation),
            ignore_unavailable=True,
            size=0,
            track_total_hits=True,
            aggregations={"passages": {"nested": {"path": "passages"}}},
        )
        counted = found.get("aggregations", {"passages": {"doc_count": 0}})
        return Size(total(found.search_body), counted["passages"]["doc_count"])

    def search(
        self,
        query: Query,
        rules: frozenset[str],
        *,
        generation: int,
        hidden: frozenset[ItemKey] = frozenset(),
    ) -> Answer:
        """The page of the query among items whose access rule is one of `rules`, without
        those that are `hidden`.

        Items with every word are asked for first, as they are few and quickly counted; only
        where they are too few, those with some of the words are asked for as well.
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
            # Copies differ by what was deleted of late; the same words ask the same copy,
            # so that no item stands on two pages.
            preference=str(zlib.crc32(words.encode())),
            allow_partial_search_results=False,
            **search_body(request, loose=loose),
        )
        found: Mapping[str, Any] = answer.search_body
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
    """Whether an item can have some of the words without having all that are asked for."""
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
