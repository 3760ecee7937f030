"""The words of the library, counted by the rule of the items that they stand in."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from django.db import connection, transaction

from search.models import IndexedItem, IndexState, Passage, Word

_ADD = (
    "INSERT INTO search_word (word, rule, items) VALUES (%s, %s, %s) "
    "ON CONFLICT (word, rule) DO UPDATE SET items = search_word.items + excluded.items"
)
_Counts = Counter[tuple[str, str]]


def count(
    items: Sequence[IndexedItem], passages: Iterable[Passage], *, sign: int
) -> None:
    """Add the items' words, or with a sign of -1 take them away again.

    Only for the generation that is served; the one being built is counted whole at its end.
    """
    serving = IndexState.objects.values_list("serving", flat=True).first()
    counted = {item.pk: item for item in items if item.generation == serving}
    found = _counts(counted, ((p.item_id, p.exact) for p in passages))
    rows = [
        (word, rule, sign * number) for (word, rule), number in sorted(found.items())
    ]
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(_ADD, rows)


@transaction.atomic
def recount(generation: int) -> None:
    """Count all words of a generation, in place of all counts that there were."""
    Word.objects.all()._raw_delete(using=connection.alias)
    items = IndexedItem.objects.filter(generation=generation).only("counted_rule")
    passages = Passage.objects.filter(item__generation=generation)
    found = _counts(
        {item.pk: item for item in items},
        passages.order_by("pk").values_list("item_id", "exact").iterator(2000),
    )
    rows = (Word(word=word, rule=rule, items=n) for (word, rule), n in found.items())
    Word.objects.bulk_create(rows, batch_size=5000)


def _counts(
    items: dict[int, IndexedItem], passages: Iterable[tuple[int, str]]
) -> _Counts:
    """In how many items of each rule each word stands."""
    words: dict[int, set[str]] = defaultdict(set)
    for item_id, exact in passages:
        if item_id in items:
            words[item_id].update(exact.split())
    counts: _Counts = Counter()
    for item_id, found in words.items():
        counts.update(_of_rule(found, items[item_id].counted_rule))
    return counts


def _of_rule(words: Iterable[str], rule: str) -> Iterator[tuple[str, str]]:
    """Words that somebody could mistype: of two letters at least, without figures."""
    return ((word, rule) for word in words if len(word) > 1 and word.isalpha())
