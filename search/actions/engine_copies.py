"""The copies of items that an external engine stores."""

from collections.abc import Iterable

from django.db.models import QuerySet

from search.engines import ItemKey, RemoteEngine
from search.engines.remote import Put, document
from search.models import CONCEALED, Delivery, IndexedItem, IndexState


def note_deliveries(keys: Iterable[ItemKey], generation: int) -> None:
    """Schedule items for delivery, in the state they have when sent."""
    version = IndexState.objects.values_list("version", flat=True).get()
    Delivery.objects.bulk_create(
        (
            Delivery(
                source=key.source,
                object_id=key.object_id,
                generation=generation,
                version=version,
            )
            for key in keys
        ),
        batch_size=500,
    )


def items_to_copy(generation: int) -> QuerySet[IndexedItem]:
    """Return items with everything that `copy_of` needs prefetched."""
    held = IndexedItem.objects.filter(generation=generation)
    return held.prefetch_related("facets__facet", "passages")


def copy_of(item: IndexedItem) -> Put | None:
    """Return the item as it is sent, or None if it was removed since it was read."""
    passages = list(item.passages.all())
    if not passages:
        return None
    facets = [each.facet for each in item.facets.all()]
    key = ItemKey(item.source, item.object_id)
    return Put(key, item.version, document(item, facets, passages))


def differing_items(remote: RemoteEngine, generation: int) -> set[ItemKey]:
    """Return items that the engine lacks, holds in another state, or should not hold.

    Items with a pending delivery or a pending index change are not counted.
    """
    there = {key: held.digest for key, held in remote.stored_items(generation)}
    here, concealed = {}, set()
    rows = IndexedItem.objects.filter(generation=generation)
    for source, object_id, digest, rule in rows.values_list(
        "source", "object_id", "digest", "rule"
    ):
        here[ItemKey(source, object_id)] = digest
        if rule == CONCEALED:
            concealed.add(ItemKey(source, object_id))
    waiting = Delivery.objects.filter(generation=generation)
    noted = {ItemKey(*pair) for pair in waiting.values_list("source", "object_id")}
    differing = {key for key, digest in here.items() if there.get(key) != digest}
    return (differing | (there.keys() - here.keys())) - concealed - noted
