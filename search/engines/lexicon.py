"""The words of the library, as somebody who passes some rules may know them."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

from django.db.models import QuerySet
from django.db.models.functions import Length

from search.analysis import LONGEST_WORD
from search.models import CONCEALED, IndexState, Word, begins

from .sql import Sql, rows

#: Words read for one beginning; the rarest are left out.
_MOST = 2000


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

    def beginning(
        self, letters: str, *, shortest: int = 1, longest: int = LONGEST_WORD
    ) -> dict[str, int]:
        """Words of so many letters that begin so, and in how many items each stands."""
        found = Word.objects.alias(letters=Length("word")).filter(
            begins("word", letters), letters__range=(shortest, longest)
        )
        return self._visible(found.order_by("-items", "word"), most=_MOST)

    def _visible(
        self, words: QuerySet[Word], *, most: int | None = None
    ) -> dict[str, int]:
        mine = words.filter(rule__in=self.rules, items__gt=0)
        counts: Counter[str] = Counter()
        for word, rule, items in mine.values_list("word", "rule", "items")[:most]:
            counts[word] += max(0, items - self._concealed.get(rule, 0))
        return {word: items for word, items in counts.items() if items}

    @cached_property
    def _concealed(self) -> dict[str, int]:
        """How many items of each rule are still counted and may no longer be seen."""
        serving = IndexState.served()
        # Written out, so that SQLite sees that the index of concealed items will do.
        counted = rows(
            Sql(
                "SELECT counted_rule, COUNT(*) FROM search_indexeditem "  # noqa: S608
                f"WHERE rule = '{CONCEALED}' AND generation = {int(serving)} "
                "GROUP BY counted_rule"
            )
        )
        return {rule: int(number) for rule, number in counted}
