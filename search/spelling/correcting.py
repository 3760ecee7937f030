"""Put a question right by the words that somebody may see, and by those beside them."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from search import engines
from search.engines import Cooccurrence, Lexicon, Pair
from search.models import IndexState

from . import candidates
from .candidates import HANDFUL, Arc, Path, parts_of
from .tokens import TypedWord, read, written
from .typos import SHORTEST_FOR_TWO, one_slip, two_slips

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
    typed = read(text)
    if not any(each.spelled for each in typed):
        return []
    found = _Correcting(typed, rules).paths()
    return list(dict.fromkeys(_text(text, typed, path) for path in found))[:MOST]


def _text(text: str, typed: Sequence[TypedWord], path: Path) -> str:
    replaced = [
        (arc.start, arc.end, " ".join(arc.words))
        for arc in path.arcs
        if arc.words != tuple(each.word for each in typed[arc.start : arc.end])
    ]
    return written(text, typed, replaced)


@dataclass
class _Correcting:
    """One question. What was asked of the database once is known from then on."""

    typed: Sequence[TypedWord]
    rules: frozenset[str]
    asked: set[str] = field(default_factory=set)
    counts: dict[str, int] = field(default_factory=dict)
    met: dict[Pair, Cooccurrence] = field(default_factory=dict)

    def paths(self) -> list[Path]:
        """The ways to read it that are better than how it was typed, the best first."""
        words = {each.word for each in self.typed if each.counted}
        words.update("".join(pair) for _at, pair in self._torn)
        spelled = [at for at, each in enumerate(self.typed) if each.spelled]
        if len(spelled) <= _FEW:  # likely doubted, so their near ones are asked for too
            words |= self._near_words(spelled)
        self._count(words)
        found = self._weigh(self._rare)
        if not found and (doubted := self._never_met):
            found = self._weigh(doubted)
        return found

    @property
    def _rare(self) -> list[int]:
        """Words that stand in few items, or in none."""
        return [
            at
            for at, each in enumerate(self.typed)
            if each.spelled and self.counts.get(each.word, 0) <= HANDFUL
        ]

    @property
    def _never_met(self) -> list[int]:
        """Known words that stand beside one with which they never stand together."""
        telling = [at for at, each in enumerate(self.typed) if each.tells]
        apart = (pair for pair in pairwise(telling) if not self._meet_somewhere(*pair))
        doubted = {at for pair in apart for at in pair if self.typed[at].spelled}
        return sorted(doubted - set(self._rare))

    def _meet_somewhere(self, first: int, second: int) -> bool:
        pair = (self.typed[first].word, self.typed[second].word)
        return bool(self.met.get(pair, Cooccurrence()).together)

    @cached_property
    def _torn(self) -> list[tuple[int, Pair]]:
        """Words with but a blank between them, that may be one."""
        return [
            (at, (first.word, second.word))
            for at, (first, second) in enumerate(pairwise(self.typed))
            if second.follows and (first.word + second.word).isalpha()
        ]

    @cached_property
    def _lexicon(self) -> Lexicon:
        return Lexicon(self.rules)

    def _weigh(self, doubted: Sequence[int]) -> list[Path]:
        arcs = [*self._as_typed(), *self._otherwise(doubted)]
        self._meet(candidates.pairs(arcs, len(self.typed))[:_PAIRS])
        found = candidates.best(arcs, len(self.typed), self.met)
        typed = tuple(each.word for each in self.typed)
        as_typed = next((i for i, p in enumerate(found) if p.words == typed), None)
        better = [path for path in found[:as_typed] if self._tells(path)]
        fewest = min(map(self._unknown, better), default=0)
        return [path for path in better if self._unknown(path) == fewest]

    def _as_typed(self) -> Iterator[Arc]:
        for at, each in enumerate(self.typed):
            yield candidates.kept(at, each, self.counts.get(each.word, 0))
        for at, pair in self._torn:
            yield from candidates.joined(at, pair, self.counts)

    def _otherwise(self, doubted: Sequence[int]) -> Iterator[Arc]:
        """Near words for the doubted ones, farther ones where nothing is near."""
        most = _NEAR if len(doubted) < _MANY else _NEAR_OF_MANY
        self._count(self._near_words(doubted))
        for at in doubted:
            word = self.typed[at].word
            found = candidates.near(at, one_slip(word), self.counts, most)
            if self.counts.get(word, 0) <= HANDFUL:
                found += candidates.parted(at, word, self.counts, most)
            yield from found or self._far(at, word, most)

    def _near_words(self, doubted: Sequence[int]) -> set[str]:
        """All that a slip, or a blank left out, may have made of these."""
        words = [self.typed[at].word for at in doubted]
        parts = {part for word in words for pair in parts_of(word) for part in pair}
        return parts.union(*map(one_slip, words))

    def _far(self, at: int, word: str, most: int) -> list[Arc]:
        """Two slips away, but for the first letter."""
        if len(word) < SHORTEST_FOR_TWO:
            return []
        about = self._lexicon.beginning(
            word[0], shortest=len(word) - 2, longest=len(word) + 2
        )
        self.counts |= about
        return candidates.near(at, two_slips(word, about), about, most)

    def _count(self, words: Collection[str]) -> None:
        asked = set(words) - self.asked
        self.asked |= asked
        self.counts |= self._lexicon.counts(asked)

    def _meet(self, pairs: Sequence[Pair]) -> None:
        asked = [pair for pair in pairs if pair not in self.met]
        self.met |= engines.embedded().cooccurrences(
            asked, self.rules, generation=IndexState.served()
        )

    def _unknown(self, path: Path) -> int:
        """How many of its words the library does not have."""
        words = (word for arc in path.arcs for word in arc.telling)
        return sum(word.isalpha() and word not in self.counts for word in words)

    def _tells(self, path: Path) -> bool:
        """Something in it can be looked up."""
        return any(arc.telling for arc in path.arcs)
