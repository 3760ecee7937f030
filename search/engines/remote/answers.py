"""What the engine answered, as every engine answers."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from search.engines.base import PASSAGES_PER_ITEM, Answer, Count, ItemKey, Match
from search.models import CARD, FIRST_PLACE

from .documents import TAB
from .request_body import COUNTS

#: The parts of an answer that are read; the others are not even sent.
RESPONSE_FIELDS = (
    "hits.total.value",
    "hits.hits._id",
    "hits.hits.inner_hits.passages.hits.hits._nested.offset",
    "aggregations.*.values.buckets.key",
    "aggregations.*.values.buckets.doc_count",
)


def parse_answer(found: Mapping[str, Any], *, strict: int) -> Answer:
    """The page, and the counts by facet."""
    hits = found["hits"]
    return Answer(
        matches=tuple(_match(hit) for hit in hits.get("hits", ())),
        total=total(found),
        strict=strict,
        counts=_counts(found.get("aggregations", {})),
    )


def total(found: Mapping[str, Any]) -> int:
    """How many items were found."""
    return int(found["hits"]["total"]["value"])


def parse_document_id(text: str) -> ItemKey:
    """The item that a document's name says."""
    source, _dash, object_id = text.rpartition("-")
    return ItemKey(source, int(object_id))


def _match(hit: Mapping[str, Any]) -> Match:
    inner = hit.get("inner_hits", {}).get("passages", {}).get("hits", {})
    positions = (CARD + each["_nested"]["offset"] for each in inner.get("hits", ()))
    places = tuple(each for each in positions if each >= FIRST_PLACE)
    return Match(parse_document_id(hit["_id"]), places[:PASSAGES_PER_ITEM])


def _counts(aggregations: Mapping[str, Any]) -> dict[str, tuple[Count, ...]]:
    """A facet with a filter is counted by itself, the others together.

    An item has one label for a value, so counts of a value under several labels (its topic
    was renamed a moment ago) add up.
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
