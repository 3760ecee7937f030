"""Mapping of the external engine: one document for each item, with nested passages.

Text is analyzed in the application and only split at blanks here. The mapping uses only
what Elasticsearch and OpenSearch share.
"""

import datetime
from collections.abc import Iterable
from typing import Any

from elasticsearch.dsl import (
    Boolean,
    Date,
    Document,
    InnerDoc,
    Keyword,
    Long,
    M,
    MetaField,
    Nested,
    Text,
    mapped_field,
)

from search.models import WHOLE, IndexedItem, Passage, StoredFacet

#: Separator of the parts of a facet value; no name or label contains it.
TAB = "\t"

SETTINGS = {
    # One shard keeps scores and counts exact; a replica is added with a second node.
    "number_of_shards": 1,
    "auto_expand_replicas": "0-1",
    "refresh_interval": "1s",
    # How long the version of a deleted item is remembered, so that no older one revives
    # it.
    "gc_deletes": "1h",
    "similarity": {"default": {"type": "BM25", "k1": 1.2, "b": 0.75}},
}


def _words(**given: Any) -> Text:
    return Text(analyzer="whitespace", **given)


class PassageDocument(InnerDoc):
    """A passage; its index in the list is its position, counted from the card."""

    words: M[str] = mapped_field(_words(index_options="freqs"))
    exact: M[str] = mapped_field(_words())


class ItemDocument(Document):
    """An item as the engine stores it."""

    source: M[str] = mapped_field(Keyword())
    object_id: M[int] = mapped_field(Long())
    rule: M[str] = mapped_field(Keyword())
    title_key: M[str] = mapped_field(Keyword(doc_values=False))
    date: M[datetime.date | None] = mapped_field(
        Date(format="yyyy-MM-dd"), required=False
    )
    superseded: M[bool] = mapped_field(Boolean())
    #: Compared with the database.
    digest: M[str] = mapped_field(Keyword(index=False))
    #: `name TAB value TAB label`, for counting; a single field needs a single pass.
    facets: M[list[str]] = mapped_field(
        Keyword(multi=True, index=False, eager_global_ordinals=True)
    )
    #: `name TAB value`, for filtering.
    filters: M[list[str]] = mapped_field(Keyword(multi=True, doc_values=False))
    #: Stems of the whole item.
    words: M[str] = mapped_field(_words(index_options="freqs"))
    passages: M[list[PassageDocument]] = mapped_field(Nested(PassageDocument))

    class Meta:
        dynamic = MetaField("strict")
        # The database holds the text; a stored copy would be loaded with every hit.
        source = MetaField(excludes=["words", "passages"])


def document(
    item: IndexedItem, facets: Iterable[StoredFacet], passages: Iterable[Passage]
) -> dict[str, Any]:
    """Return the document of an item; `passages` must be complete."""
    by_position = {each.position: each for each in passages}
    whole = by_position.pop(WHOLE)
    values = [(each.name, each.value, each.label.replace(TAB, " ")) for each in facets]
    return {
        "source": item.source,
        "object_id": item.object_id,
        "rule": item.rule,
        "title_key": item.title_key,
        "date": item.date and item.date.isoformat(),
        "superseded": item.superseded,
        "digest": item.digest,
        "facets": [TAB.join(each) for each in values],
        "filters": [TAB.join(each[:2]) for each in values],
        "words": whole.words,
        "passages": [
            {"words": each.words, "exact": each.exact}
            for _position, each in sorted(by_position.items())
        ],
    }
