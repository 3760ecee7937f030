"""What the engine holds of an item: one document, its passages nested in it.

Every word was analysed in the application; here they are only told apart by the blanks
between them. The mapping keeps to what Elasticsearch and OpenSearch share.
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

#: What stands between the parts of a facet's value; no name or label holds it.
TAB = "\t"

SETTINGS = {
    # One shard, so that scores and counts are exact; a copy wherever there is a second node.
    "number_of_shards": 1,
    "auto_expand_replicas": "0-1",
    "refresh_interval": "1s",
    # For so long a deleted item's version is known, and nothing older brings it back.
    "gc_deletes": "1h",
    "similarity": {"default": {"type": "BM25", "k1": 1.2, "b": 0.75}},
}


def _words(**given: Any) -> Text:
    return Text(analyzer="whitespace", **given)


class PassageDocument(InnerDoc):
    """A passage; its place in the list is its position, counted from the card."""

    words: M[str] = mapped_field(_words(index_options="freqs"))
    exact: M[str] = mapped_field(_words())


class ItemDocument(Document):
    """An item as the engine holds it."""

    source: M[str] = mapped_field(Keyword())
    object_id: M[int] = mapped_field(Long())
    rule: M[str] = mapped_field(Keyword())
    title_key: M[str] = mapped_field(Keyword(doc_values=False))
    date: M[datetime.date | None] = mapped_field(
        Date(format="yyyy-MM-dd"), required=False
    )
    superseded: M[bool] = mapped_field(Boolean())
    #: What is compared with the database.
    digest: M[str] = mapped_field(Keyword(index=False))
    #: `name TAB value TAB label`, to be counted; one field, so that one pass counts all.
    facets: M[list[str]] = mapped_field(
        Keyword(multi=True, index=False, eager_global_ordinals=True)
    )
    #: `name TAB value`, to be filtered by.
    filters: M[list[str]] = mapped_field(Keyword(multi=True, doc_values=False))
    #: The words of the whole item.
    words: M[str] = mapped_field(_words(index_options="freqs"))
    passages: M[list[PassageDocument]] = mapped_field(Nested(PassageDocument))

    class Meta:
        dynamic = MetaField("strict")
        # The database has the words; a copy here would be read with every hit.
        source = MetaField(excludes=["words", "passages"])


def document(
    item: IndexedItem, facets: Iterable[StoredFacet], passages: Iterable[Passage]
) -> dict[str, Any]:
    """An item as it is sent; its passages in the order of their positions, none left out."""
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
