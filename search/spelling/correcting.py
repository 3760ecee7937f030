"""Corrections of a query, weighed by edit distance, frequency and co-occurrence."""

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

#: Maximum number of corrections.
MOST = 3
#: Replacements considered for each word; and for each of many words.
_NEAR, _NEAR_OF_MANY, _MANY = 6, 3, 3
#: Up to so many words, replacements are looked up together with the words.
_FEW = 2
#: Maximum number of pairs looked up.
_PAIRS = 48


def corrections(text: str, rules: frozenset[str]) -> list[str]:
    """Return a few corrections of the text, best first; empty if none is better.

    Only words of items that satisfy `rules` are used and counted. Whether a correction
    finds anything is checked by `did_you_mean`. Filters, operators, quotation marks and
    excluded terms are left as typed.
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
    """Corrects one query; caches what it has read from the database."""

    typed: Sequence[TypedWord]
    rules: frozenset[str]
    looked_up: set[str] = field(default_factory=set)
    counts: dict[str, int] = field(default_factory=dict)
    cooccurrences: dict[Pair, Cooccurrence] = field(default_factory=dict)

    def paths(self) -> list[Path]:
        """Return the paths that are better than the typed text, best first."""
        words = {each.word for each in self.typed if each.is_countable}
        words.update("".join(pair) for _at, pair in self._mergeable_pairs)
        is_checkable = [at for at, each in enumerate(self.typed) if each.is_checkable]
        if (
            len(is_checkable) <= _FEW
        ):  # probably rare, so replacements are looked up in the same query
            words |= self._near_words(is_checkable)
        self._count(words)
        found = self._better_paths(self._rare)
        if not found and (doubted := self._never_together):
            found = self._better_paths(doubted)
        return found

    @property
    def _rare(self) -> list[int]:
        """Positions of words in few items or none."""
        return [
            at
            for at, each in enumerate(self.typed)
            if each.is_checkable and self.counts.get(each.word, 0) <= RARE_ITEMS
        ]

    @property
    def _never_together(self) -> list[int]:
        """Positions of known words that never co-occur with their neighbour."""
        content_words = [at for at, each in enumerate(self.typed) if each.is_meaningful]
        apart = (pair for pair in pairwise(content_words) if not self._cooccur(*pair))
        doubted = {at for pair in apart for at in pair if self.typed[at].is_checkable}
        return sorted(doubted - set(self._rare))

    def _cooccur(self, first: int, second: int) -> bool:
        pair = (self.typed[first].word, self.typed[second].word)
        return bool(self.cooccurrences.get(pair, Cooccurrence()).together)

    @cached_property
    def _mergeable_pairs(self) -> list[tuple[int, Pair]]:
        """Pairs separated only by blanks, which may be one word."""
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
        """Yield arcs for the doubted words: one edit away, or two if there is none."""
        most = _NEAR if len(doubted) < _MANY else _NEAR_OF_MANY
        self._count(self._near_words(doubted))
        for at in doubted:
            word = self.typed[at].word
            found = candidates.replacements(at, one_edit(word), self.counts, most)
            if self.counts.get(word, 0) <= RARE_ITEMS:
                found += candidates.splits(at, word, self.counts, most)
            yield from found or self._two_edit_arcs(at, word, most)

    def _near_words(self, doubted: Sequence[int]) -> set[str]:
        """Return all strings one edit, or one missing blank, away."""
        words = [self.typed[at].word for at in doubted]
        parts = {part for word in words for pair in splits_of(word) for part in pair}
        return parts.union(*map(one_edit, words))

    def _two_edit_arcs(self, at: int, word: str, most: int) -> list[Arc]:
        """Return arcs to words two edits away with the same first character."""
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
        """Return how many words of the path are not in the vocabulary."""
        words = (word for arc in path.arcs for word in arc.content_words)
        return sum(word.isalpha() and word not in self.counts for word in words)

    def _has_content(self, path: Path) -> bool:
        """Return whether the path has a word that can be looked up."""
        return any(arc.content_words for arc in path.arcs)
