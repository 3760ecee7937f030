"""Candidate corrections: each word unchanged, replaced, merged with the next, or split."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log
from typing import Final

from search.analysis import STOP_WORDS
from search.engines import Cooccurrence, Pair

from .tokens import TypedWord

#: Words in more items than this are not corrected.
RARE_ITEMS: Final = 5
#: Minimum number of items of a word made by merging or splitting.
_FEWEST: Final = 3
#: Weight of rarity, and the assumed number of items.
_RARITY, _ITEMS = 0.4, 5000
#: Bonus for words that co-occur, and factor for adjacent ones.
_TOGETHER, _ADJACENT = 1.2, 10
#: Costs of an unknown word, of a replacement that is a stop word, and of a missing or
#: extra blank.
_UNKNOWN, _COMMON, _BLANK = 14.0, 3.0, 2.5
#: Beam width.
_KEPT: Final = 8


@dataclass(frozen=True, slots=True)
class Arc:
    """Words in place of the typed words from `start` to before `end`."""

    start: int
    end: int
    words: tuple[str, ...]
    cost: float

    @property
    def content_words(self) -> tuple[str, ...]:
        """Words that are not stop words."""
        return tuple(word for word in self.words if word not in STOP_WORDS)


@dataclass(frozen=True, slots=True)
class Path:
    """Arcs from the first word on, with their total cost."""

    arcs: tuple[Arc, ...] = ()
    cost: float = 0.0
    #: Last content word.
    last: str = ""

    @property
    def words(self) -> tuple[str, ...]:
        """All words in order."""
        return tuple(word for arc in self.arcs for word in arc.words)


def rarity_cost(items: int) -> float:
    """Return the cost of a word that occurs in so few items."""
    return _RARITY * log(_ITEMS / items)


def unchanged(at: int, typed: TypedWord, items: int) -> Arc:
    """Return the arc that keeps the word."""
    if not typed.is_countable:
        return Arc(at, at + 1, (typed.word,), 0.0)
    return Arc(at, at + 1, (typed.word,), rarity_cost(items) if items else _UNKNOWN)


def replacements(
    at: int, costs: Mapping[str, float], counts: Mapping[str, int], most: int
) -> list[Arc]:
    """Return the cheapest replacements that the vocabulary contains."""
    found = [
        Arc(at, at + 1, (word,), cost + rarity_cost(counts[word]) + _commonness(word))
        for word, cost in costs.items()
        if word in counts
    ]
    return sorted(found, key=lambda arc: (arc.cost, arc.words))[:most]


def _commonness(word: str) -> float:
    return _COMMON if word in STOP_WORDS else 0.0


def splits_of(word: str) -> Iterator[Pair]:
    """Yield the word split in two at every position."""
    return ((word[:i], word[i:]) for i in range(2, len(word) - 1))


def splits(at: int, word: str, counts: Mapping[str, int], most: int) -> list[Arc]:
    """Return the cheapest splits into two words of the vocabulary."""
    found = [
        Arc(at, at + 1, pair, _BLANK + sum(rarity_cost(counts[part]) for part in pair))
        for pair in splits_of(word)
        if all(_is_known_word(part, counts) for part in pair)
    ]
    return sorted(found, key=lambda arc: (arc.cost, arc.words))[:most]


def _is_known_word(word: str, counts: Mapping[str, int]) -> bool:
    return word not in STOP_WORDS and counts.get(word, 0) >= _FEWEST


def merges(at: int, pair: Pair, counts: Mapping[str, int]) -> list[Arc]:
    """Return the arc that merges two typed words into one of the vocabulary."""
    word = "".join(pair)
    if not _is_known_word(word, counts):
        return []
    return [Arc(at, at + 2, (word,), _BLANK + rarity_cost(counts[word]))]


def neighbour_pairs(arcs: Sequence[Arc], length: int) -> list[Pair]:
    """Return all pairs of content words that can follow each other."""
    found: dict[Pair, None] = {}
    last: list[dict[str, None]] = [{} for _ in range(length + 1)]
    for arc in sorted(arcs, key=lambda each: (each.start, each.cost)):
        words = arc.content_words
        if not words:
            last[arc.end] |= last[arc.start]
            continue
        found |= dict.fromkeys((before, words[0]) for before in last[arc.start])
        found |= dict.fromkeys(pairwise(words))
        last[arc.end][words[-1]] = None
    return list(found)


def best_paths(
    arcs: Sequence[Arc], length: int, met: Mapping[Pair, Cooccurrence]
) -> list[Path]:
    """Return the cheapest paths through all words, best first (beam search).

    Two words whose concatenation is in the vocabulary, but which are never adjacent,
    are not kept apart.
    """
    whole = {arc.words[0] for arc in arcs if arc.end - arc.start > 1}
    paths: list[list[Path]] = [[] for _ in range(length + 1)]
    paths[0] = [Path()]
    for at in range(length):
        paths[at] = sorted(paths[at], key=lambda path: (path.cost, path.words))[:_KEPT]
        for arc in (each for each in arcs if each.start == at):
            steps = (_step(path, arc, met, whole) for path in paths[at])
            paths[arc.end] += [path for path in steps if path]
    return sorted(paths[length], key=lambda path: (path.cost, path.words))[:_KEPT]


def _step(
    path: Path, arc: Arc, met: Mapping[Pair, Cooccurrence], whole: set[str]
) -> Path | None:
    content_words = arc.content_words
    pairs = [pair for pair in pairwise((path.last, *content_words)) if pair[0]]
    stood = [met.get(pair, Cooccurrence()) for pair in pairs]
    torn = any(
        not each.adjacent and "".join(pair) in whole
        for pair, each in zip(pairs, stood, strict=True)
    )
    apart = len(arc.words) > 1 and not all(each.adjacent for each in stood[-1:])
    if torn or apart:
        return None
    cost = path.cost + arc.cost - sum(map(_bonus, stood))
    return Path(
        (*path.arcs, arc), cost, content_words[-1] if content_words else path.last
    )


def _bonus(found: Cooccurrence) -> float:
    return _TOGETHER * log(1 + _ADJACENT * found.adjacent + found.together)
