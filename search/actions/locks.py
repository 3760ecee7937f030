"""Who writes the index, and which of its items, one after the other."""

from collections.abc import Iterable

from django.db.models import F

from search.models import IndexedItem, IndexState


def lock_items(source: str, object_ids: Iterable[int]) -> None:
    """Nobody else writes or conceals the items until the end of the transaction. Whoever
    holds several, takes them in the same order, so that two never wait for each other."""
    mine = IndexedItem.objects.filter(source=source, object_id__in=list(object_ids))
    list(mine.select_for_update().order_by("pk").values_list("pk"))


def acquire_index_lock() -> IndexState:
    """Writers of the index take turns: held until the end of the transaction. Each turn has
    a version of its own."""
    IndexState.objects.filter(pk=1).update(version=F("version") + 1)
    return IndexState.objects.select_for_update().get(pk=1)
