"""Put a question right by the words that somebody may see, and by those beside them."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from search import engines
from search.engines import Cooccurrence, Lexicon, Pair
from search.models import IndexState

from . import candidates
from .candidates import RARE_ITEMS, Arc, Path, splits_of
from .tokens import TypedWord, read_words, replace_words
from .typos import MIN_LENGTH_FOR_TWO, one_edit, two_edits

#: Corrections of one question.
MOST = 3
#: Near words that are weighed for each word; for each of many.
_NEAR, _NEAR_OF_MANY, _MANY = 6, 3, 3
#: With so many words at most, all of them are looked around at once.
_FEW = 2
#: Pairs whose co-occurrence is looked up.
_PAIRS = 48


def corrections(text: str, rules: frozenset[str]) -> list[str]:
    """The question put right, in a few ways, the best first; none where it stands well.

    Only words of items that whoever passes the rules may see are used, weighed by these
    items alone. Whether a correction finds anything is not known here: see `did_you_mean`.
    Filters, operators, quotation marks and unwanted words stay as they were typed.
    """
    typed = read_words(text)
    if not any(each.is_checkable for each in typed):
        return []
    found = _Corrector(typed, rules).paths()
    return list(dict.fromkeys(_text(text, typed, path) for path in found))[:MOST]


def _text(text: str, typed: Sequence[TypedWord], path: Path) -> str:
    replaced = [
        (arc.start, arc.end, " ".join(arc.words))
        for arc in path.arcs
        if arc.words != tuple(each.word for each in typed[arc.start : arc.end])
    ]
    return replace_words(text, typed, replaced)


@dataclass
class _Corrector:
    """One question. What was asked of the database once is known from then on."""

    typed: Sequence[TypedWord]
    rules: frozenset[str]
    looked_up: set[str] = field(default_factory=set)
    counts: dict[str, int] = field(default_factory=dict)
    cooccurrences: dict[Pair, Cooccurrence] = field(default_factory=dict)

    def paths(self) -> list[Path]:
        """The ways to read it that are better than how it was typed, the best first."""
        words = {each.word for each in self.typed if each.is_countable}
        words.update("".join(pair) for _at, pair in self._mergeable_pairs)
        is_checkable = [at for at, each in enumerate(self.typed) if each.is_checkable]
        if (
            len(is_checkable) <= _FEW
        ):  # likely doubted, so their near ones are asked for too
            words |= self._near_words(is_checkable)
        self._count(words)
        found = self._better_paths(self._rare)
        if not found and (doubted := self._never_together):
            found = self._better_paths(doubted)
        return found

    @property
    def _rare(self) -> list[int]:
        """Words that stand in few items, or in none."""
        return [
            at
            for at, each in enumerate(self.typed)
            if each.is_checkable and self.counts.get(each.word, 0) <= RARE_ITEMS
        ]

    @property
    def _never_together(self) -> list[int]:
        """Known words that stand beside one with which they never stand together."""
        content_words = [at for at, each in enumerate(self.typed) if each.is_meaningful]
        apart = (pair for pair in pairwise(content_words) if not self._cooccur(*pair))
        doubted = {at for pair in apart for at in pair if self.typed[at].is_checkable}
        return sorted(doubted - set(self._rare))

    def _cooccur(self, first: int, second: int) -> bool:
        pair = (self.typed[first].word, self.typed[second].word)
        return bool(self.cooccurrences.get(pair, Cooccurrence()).together)

    @cached_property
    def _mergeable_pairs(self) -> list[tuple[int, Pair]]:
        """Words with but a blank between them, that may be one."""
        return [
            (at, (first.word, second.word))
            for at, (first, second) in enumerate(pairwise(self.typed))
            if second.is_adjacent and (first.word + second.word).isalpha()
        ]

    @cached_property
    def _lexicon(self) -> Lexicon:
        return Lexicon(self.rules)

    def _better_paths(self, doubted: Sequence[int]) -> list[Path]:
        arcs = [*self._as_typed(), *self._alternative_arcs(doubted)]
        self._load_cooccurrences(
            candidates.neighbour_pairs(arcs, len(self.typed))[:_PAIRS]
        )
        found = candidates.best_paths(arcs, len(self.typed), self.cooccurrences)
        typed = tuple(each.word for each in self.typed)
        as_typed = next((i for i, p in enumerate(found) if p.words == typed), None)
        better = [path for path in found[:as_typed] if self._has_content(path)]
        fewest = min(map(self._unknown_words, better), default=0)
        return [path for path in better if self._unknown_words(path) == fewest]

    def _as_typed(self) -> Iterator[Arc]:
        for at, each in enumerate(self.typed):
            yield candidates.unchanged(at, each, self.counts.get(each.word, 0))
        for at, pair in self._mergeable_pairs:
            yield from candidates.merges(at, pair, self.counts)

    def _alternative_arcs(self, doubted: Sequence[int]) -> Iterator[Arc]:
        """Near words for the doubted ones, farther ones where nothing is near."""
        most = _NEAR if len(doubted) < _MANY else _NEAR_OF_MANY
        self._count(self._near_words(doubted))
        for at in doubted:
            word = self.typed[at].word
            found = candidates.replacements(at, one_edit(word), self.counts, most)
            if self.counts.get(word, 0) <= RARE_ITEMS:
                found += candidates.splits(at, word, self.counts, most)
            yield from found or self._two_edit_arcs(at, word, most)

    def _near_words(self, doubted: Sequence[int]) -> set[str]:
        """All that a slip, or a blank left out, may have made of these."""
        words = [self.typed[at].word for at in doubted]
        parts = {part for word in words for pair in splits_of(word) for part in pair}
        return parts.union(*map(one_edit, words))

    def _two_edit_arcs(self, at: int, word: str, most: int) -> list[Arc]:
        """Two slips away, but for the first letter."""
        if len(word) < MIN_LENGTH_FOR_TWO:
            return []
        about = self._lexicon.starting_with(
            word[0], shortest=len(word) - 2, longest=len(word) + 2
        )
        self.counts |= about
        return candidates.replacements(at, two_edits(word, about), about, most)

    def _count(self, words: Collection[str]) -> None:
        looked_up = set(words) - self.looked_up
        self.looked_up |= looked_up
        self.counts |= self._lexicon.counts(looked_up)

    def _load_cooccurrences(self, pairs: Sequence[Pair]) -> None:
        looked_up = [pair for pair in pairs if pair not in self.cooccurrences]
        self.cooccurrences |= engines.embedded().cooccurrences(
            looked_up, self.rules, generation=IndexState.served()
        )

    def _unknown_words(self, path: Path) -> int:
        """How many of its words the library does not have."""
        words = (word for arc in path.arcs for word in arc.content_words)
        return sum(word.isalpha() and word not in self.counts for word in words)

    def _has_content(self, path: Path) -> bool:
        """Something in it can be looked up."""
        return any(arc.content_words for arc in path.arcs)
