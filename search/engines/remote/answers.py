"""Conversion of engine responses to answers."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from search.engines.base import PASSAGES_PER_ITEM, Answer, Count, ItemKey, Match
from search.models import CARD, FIRST_PLACE

from .documents import TAB
from .request_body import COUNTS

#: Parts of a response that are used; the others are not transmitted.
RESPONSE_FIELDS = (
    "hits.total.value",
    "hits.hits._id",
    "hits.hits.inner_hits.passages.hits.hits._nested.offset",
    "aggregations.*.values.buckets.key",
    "aggregations.*.values.buckets.doc_count",
)


def parse_answer(found: Mapping[str, Any], *, strict: int) -> Answer:
    """Return the page of matches and the facet counts."""
    hits = found["hits"]
    return Answer(
        matches=tuple(_match(hit) for hit in hits.get("hits", ())),
        total=total(found),
        strict=strict,
        counts=_counts(found.get("aggregations", {})),
    )


def total(found: Mapping[str, Any]) -> int:
    """Return the number of matching items."""
    return int(found["hits"]["total"]["value"])


def parse_document_id(text: str) -> ItemKey:
    """Return the item that a document id names."""
    source, _dash, object_id = text.rpartition("-")
    return ItemKey(source, int(object_id))


def _match(hit: Mapping[str, Any]) -> Match:
    inner = hit.get("inner_hits", {}).get("passages", {}).get("hits", {})
    positions = (CARD + each["_nested"]["offset"] for each in inner.get("hits", ()))
    places = tuple(each for each in positions if each >= FIRST_PLACE)
    return Match(parse_document_id(hit["_id"]), places[:PASSAGES_PER_ITEM])


def _counts(aggregations: Mapping[str, Any]) -> dict[str, tuple[Count, ...]]:
    """Return counts by facet.

    A facet with a filter has its own aggregation, the others share one. A value may
    have several labels for a moment, when its topic was renamed; their counts are
    added.
    """
    counts: dict[str, dict[str, Count]] = defaultdict(dict)
    own = aggregations.keys() - {COUNTS}
    for group, found in aggregations.items():
        for bucket in found.get("values", {}).get("buckets", ()):
            name, value, label = bucket["key"].split(TAB)
            if group == name or (group == COUNTS and name not in own):
                before = counts[name].get(value, Count(value, label, 0))
                number = before.count + bucket["doc_count"]
                counts[name][value] = Count(value, max(label, before.label), number)
    return {name: tuple(found.values()) for name, found in counts.items()}
