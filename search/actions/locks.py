"""Row locks for writers of the index."""

from collections.abc import Iterable

from django.db.models import F

from search.models import IndexedItem, IndexState


def lock_items(source: str, object_ids: Iterable[int]) -> None:
    """Lock items against being written or concealed until the end of the transaction.

    Rows are locked in order of their primary keys, so that two writers cannot deadlock.
    """
    mine = IndexedItem.objects.filter(source=source, object_id__in=list(object_ids))
    list(mine.select_for_update().order_by("pk").values_list("pk"))


def acquire_index_lock() -> IndexState:
    """Lock the index for writing until the end of the transaction and increase its version."""
    IndexState.objects.filter(pk=1).update(version=F("version") + 1)
    return IndexState.objects.select_for_update().get(pk=1)
