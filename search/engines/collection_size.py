"""Size of a generation, which BM25 needs for the average length."""

from collections.abc import Iterable

from django.db.models import F

from search.models import WHOLE, Generation

from .rows import Row


def update_size(passages: Iterable[Row], generation: int, *, sign: int) -> None:
    """Add items, given by all of their passages, or subtract them with `sign=-1`.

    Runs in the transaction that writes the items, so the counts are always current.
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
