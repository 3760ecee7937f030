"""Vocabulary of the index as seen by a user who satisfies certain access rules."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.functions import Length

from search.analysis import LONGEST_WORD
from search.models import CONCEALED, IndexState, Word, starts_with

#: Words read for one prefix, most frequent first.
_MOST = 2000
#: Number of items that are counted under a word's rule but concealed since. The rule is
#: a literal so that SQLite uses the partial index of concealed items.
_LATE = (
    "SELECT COUNT(*) FROM search_indexeditem late WHERE late.generation = %s "  # noqa: S608
    f"AND late.rule = '{CONCEALED}' AND late.counted_rule = search_word.rule"
)


@dataclass(frozen=True)
class Lexicon:
    """Words that occur in items visible under the rules.

    Concealed items are still counted under their old rule, so their number is
    subtracted from each word of that rule. A word may be missing for a moment, but none
    is revealed.
    """

    rules: frozenset[str]

    def counts(self, words: Collection[str]) -> dict[str, int]:
        """Return in how many items each of the words occurs; words in none are omitted."""
        return self._visible(Word.objects.filter(word__in=words)) if words else {}

    def starting_with(
        self, prefix: str, *, shortest: int = 1, longest: int = LONGEST_WORD
    ) -> dict[str, int]:
        """Return words with the prefix and a length in the range, with their item counts."""
        found = Word.objects.alias(length=Length("word")).filter(
            starts_with("word", prefix), length__range=(shortest, longest)
        )
        return self._visible(found.order_by("-items", "word"), most=_MOST)

    def _visible(
        self, words: QuerySet[Word], *, most: int | None = None
    ) -> dict[str, int]:
        mine = words.filter(rule__in=self.rules, items__gt=0)
        late = mine.annotate(late=RawSQL(_LATE, (IndexState.served(),)))  # noqa: S611  (constants only)
        counts: Counter[str] = Counter()
        for word, items, hidden in late.values_list("word", "items", "late")[:most]:
            counts[word] += max(0, items - hidden)
        return {word: items for word, items in counts.items() if items}
