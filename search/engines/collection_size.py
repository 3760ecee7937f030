"""How much a generation holds: BM25 measures every length against the average."""

from collections.abc import Iterable

from django.db.models import F

from search.models import WHOLE, Generation

from .rows import Row


def update_size(passages: Iterable[Row], generation: int, *, sign: int) -> None:
    """Add whole items, given by all of their passages, or with a sign of -1 take them off.

    In the transaction that writes them, so the counts are never late.
    """
    lengths = [
        (p.position == WHOLE, p.words.count(" ") + bool(p.words)) for p in passages
    ]
    items = sum(whole for whole, _length in lengths)
    words = sum(length for whole, length in lengths if whole)
    Generation.objects.filter(number=generation).update(
        items=F("items") + sign * items,
        passages=F("passages") + sign * (len(lengths) - items),
        words=F("words") + sign * words,
    )
