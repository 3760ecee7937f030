"""The words of the library, as somebody who passes some rules may know them."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.functions import Length

from search.analysis import LONGEST_WORD
from search.models import CONCEALED, IndexState, Word, starts_with

#: Words read for one beginning; the rarest are left out.
_MOST = 2000
#: Items of a word's rule that are still counted and may no longer be seen. The rule is
#: written out, so that SQLite sees that the index of concealed items will do.
_LATE = (
    "SELECT COUNT(*) FROM search_indexeditem late WHERE late.generation = %s "  # noqa: S608
    f"AND late.rule = '{CONCEALED}' AND late.counted_rule = search_word.rule"
)


@dataclass(frozen=True)
class Lexicon:
    """Each word that it names stands in an item that whoever passes the rules may see now.

    The counts of a rule are late by the items that were concealed and not indexed since, so
    as many are taken off each: a word may be missed for a moment, never told too much.
    """

    rules: frozenset[str]

    def counts(self, words: Collection[str]) -> dict[str, int]:
        """In how many items each of the words stands; words in none are left out."""
        return self._visible(Word.objects.filter(word__in=words)) if words else {}

    def starting_with(
        self, prefix: str, *, shortest: int = 1, longest: int = LONGEST_WORD
    ) -> dict[str, int]:
        """Words of so many letters that begin so, and in how many items each stands."""
        found = Word.objects.alias(length=Length("word")).filter(
            starts_with("word", prefix), length__range=(shortest, longest)
        )
        return self._visible(found.order_by("-items", "word"), most=_MOST)

    def _visible(
        self, words: QuerySet[Word], *, most: int | None = None
    ) -> dict[str, int]:
        mine = words.filter(rule__in=self.rules, items__gt=0)
        late = mine.annotate(late=RawSQL(_LATE, (IndexState.served(),)))  # noqa: S611  (constants of ours)
        counts: Counter[str] = Counter()
        for word, items, hidden in late.values_list("word", "items", "late")[:most]:
            counts[word] += max(0, items - hidden)
        return {word: items for word, items in counts.items() if items}
