"""Ways to read what was typed: each word as it is, as a near one, joined or parted."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log
from typing import Final

from search.analysis import STOP_WORDS
from search.engines import Cooccurrence, Pair

from .tokens import TypedWord

#: A word that stands in more items than this is taken at its word.
RARE_ITEMS: Final = 5
#: What is offered stands in so many items at least, when it is made of other words.
_FEWEST: Final = 3
#: How much rarity costs, as if the library held so many items.
_RARITY, _ITEMS = 0.4, 5000
#: How much it tells that two words stand together, and one right behind the other.
_TOGETHER, _ADJACENT = 1.2, 10
#: Costs beside those of `slips`: of a word that nobody knows, of one that tells nothing,
#: of a blank too many or too few.
_UNKNOWN, _COMMON, _BLANK = 14.0, 3.0, 2.5
#: Ways that are followed from each place.
_KEPT: Final = 8


@dataclass(frozen=True, slots=True)
class Arc:
    """Words in place of those typed from `start` to before `end`."""

    start: int
    end: int
    words: tuple[str, ...]
    cost: float

    @property
    def content_words(self) -> tuple[str, ...]:
        """The words that co-occur with a neighbour."""
        return tuple(word for word in self.words if word not in STOP_WORDS)


@dataclass(frozen=True, slots=True)
class Path:
    """Arcs from the first word on, and what they cost together."""

    arcs: tuple[Arc, ...] = ()
    cost: float = 0.0
    #: The last word that tells something.
    last: str = ""

    @property
    def words(self) -> tuple[str, ...]:
        """All words in order."""
        return tuple(word for arc in self.arcs for word in arc.words)


def rarity_cost(items: int) -> float:
    """What it costs that a word stands in so few items."""
    return _RARITY * log(_ITEMS / items)


def unchanged(at: int, typed: TypedWord, items: int) -> Arc:
    """The word as it was typed."""
    if not typed.is_countable:
        return Arc(at, at + 1, (typed.word,), 0.0)
    return Arc(at, at + 1, (typed.word,), rarity_cost(items) if items else _UNKNOWN)


def replacements(
    at: int, costs: Mapping[str, float], counts: Mapping[str, int], most: int
) -> list[Arc]:
    """The best of the near words that the library has."""
    found = [
        Arc(at, at + 1, (word,), cost + rarity_cost(counts[word]) + _commonness(word))
        for word, cost in costs.items()
        if word in counts
    ]
    return sorted(found, key=lambda arc: (arc.cost, arc.words))[:most]


def _commonness(word: str) -> float:
    return _COMMON if word in STOP_WORDS else 0.0


def splits_of(word: str) -> Iterator[Pair]:
    """The word with a blank in it."""
    return ((word[:i], word[i:]) for i in range(2, len(word) - 1))


def splits(at: int, word: str, counts: Mapping[str, int], most: int) -> list[Arc]:
    """The typed word as two words that the library has."""
    found = [
        Arc(at, at + 1, pair, _BLANK + sum(rarity_cost(counts[part]) for part in pair))
        for pair in splits_of(word)
        if all(_is_known_word(part, counts) for part in pair)
    ]
    return sorted(found, key=lambda arc: (arc.cost, arc.words))[:most]


def _is_known_word(word: str, counts: Mapping[str, int]) -> bool:
    return word not in STOP_WORDS and counts.get(word, 0) >= _FEWEST


def merges(at: int, pair: Pair, counts: Mapping[str, int]) -> list[Arc]:
    """Two typed words as one that the library has."""
    word = "".join(pair)
    if not _is_known_word(word, counts):
        return []
    return [Arc(at, at + 2, (word,), _BLANK + rarity_cost(counts[word]))]


def neighbour_pairs(arcs: Sequence[Arc], length: int) -> list[Pair]:
    """All pairs of words that may come to stand behind each other."""
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
    """The cheapest ways through all words, the best first.

    Two words that are one word in the library, and never stand next to each other there,
    are not read as two.
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
