"""Word counts by the access rule of the items that contain them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from django.db import connection, transaction

from search.models import IndexedItem, IndexState, Passage, Word

from .rows import Row

_ADD = (
    "INSERT INTO search_word (word, rule, items) VALUES (%s, %s, %s) "
    "ON CONFLICT (word, rule) DO UPDATE SET items = search_word.items + excluded.items"
)


def update_counts(
    items: Sequence[IndexedItem], passages: Iterable[Row], *, sign: int
) -> None:
    """Add the words of items, or subtract them with `sign=-1`.

    Only for the generation that is served; a new generation is counted when it is
    complete.
    """
    serving = IndexState.objects.values_list("serving", flat=True).first()
    rules = {each.pk: each.counted_rule for each in items if each.generation == serving}
    found = _counts(rules, ((each.item_id, each.exact) for each in passages))
    _add((word, rule, sign * number) for word, rule, number in found)


@transaction.atomic
def recount(generation: int) -> None:
    """Replace all counts by those of a generation."""
    Word.objects.all()._raw_delete(using=connection.alias)
    items = IndexedItem.objects.filter(generation=generation)
    passages = Passage.objects.filter(item__generation=generation)
    written = passages.exclude(exact="").values_list("item_id", "exact")
    _add(_counts(dict(items.values_list("pk", "counted_rule")), written.iterator(2000)))


def _add(rows: Iterable[tuple[str, str, int]]) -> None:
    # A fixed order keeps two writers from a deadlock.
    if ordered := sorted(rows):
        with connection.cursor() as cursor:
            cursor.executemany(_ADD, ordered)


def _counts(
    rules: Mapping[int, str], passages: Iterable[tuple[int, str]]
) -> Iterator[tuple[str, str, int]]:
    """Yield each word and rule with the number of items of that rule that contain the word.

    Only words that can be misspelled are counted: two characters or more and no digits.
    """
    words: dict[int, set[str]] = defaultdict(set)
    for item_id, exact in passages:
        if item_id in rules:
            words[item_id].update(exact.split())
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for item_id, found in words.items():
        counts[rules[item_id]].update(found)
    for rule, counted in counts.items():
        for word, number in counted.items():
            if len(word) > 1 and word.isalpha():
                yield word, rule, number
