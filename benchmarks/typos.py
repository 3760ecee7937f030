"""How often the first suggestion of did-you-mean is what was meant, and how fast it is.

The library is the demonstration and the corpus beside the repository, read by a visitor. Drawn
at random are (1) words of at least four characters that occur in at least three items and are
not too common to be searched for, and (2) pairs of such words that are next to each other. One
character of one word is inserted, deleted, substituted or swapped with the next, with equal
probability, at a random place and with a random character (a to z). A result that is another
word of the library, one in more than five items, is a query of its own and counted separately.

Exits with 1 if a rate is below ninety per cent, or if a suggestion finds nothing.
"""

import argparse
import json
import os
import random
import statistics
import string
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import django

from .measured_site import CORPUS, ITEMS, ROOT, environment, prepare, say

FOLDER = ROOT / "var" / "bench"
SHORTEST, FEWEST, KNOWN = 4, 3, 5
TARGET = 90.0


@dataclass(frozen=True)
class Slip:
    """A word that was meant, and what was typed."""

    meant: str
    typed: str


@dataclass
class Row:
    """The result for one kind of query."""

    what: str
    drawn: int
    another_word: int
    restored: int
    rate: float
    rate_of_all: float
    p50_ms: float
    p95_ms: float
    #: Of those that were searched for as a visitor does.
    asked: int
    suggested: int
    suggested_right: int
    finding_nothing: int

    @property
    def bad(self) -> bool:
        return self.rate < TARGET or self.finding_nothing > 0


def main() -> None:
    wanted = _arguments()
    env = environment(wanted.folder, "everydoor.settings.production")
    prepare(env, wanted.corpus, wanted.items)
    os.environ.update(env)
    django.setup()
    from search.actions import apply_changes  # noqa: PLC0415  (models are loaded now)

    apply_changes()
    rng = random.Random(wanted.seed)
    library = _Library()
    rows = [
        _measure("words", library, rng, library.word, wanted),
        _measure("pairs", library, rng, library.pair, wanted),
    ]
    _tell(rows, library, wanted)
    sys.exit(1 if any(row.bad for row in rows) else 0)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks.typos", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    parser.add_argument("--count", type=int, default=1500, help="typos of each kind")
    parser.add_argument("--asked", type=int, default=150, help="of them to the end")
    parser.add_argument("--folder", type=Path, default=FOLDER, help="its database")
    parser.add_argument("--items", type=int, default=ITEMS, help="if made up")
    parser.add_argument("--corpus", type=Path, default=CORPUS, help="a real library")
    return parser.parse_args()


class _Library:
    """The words that a visitor may see."""

    def __init__(self) -> None:
        from django.contrib.auth.models import AnonymousUser  # noqa: PLC0415
        from django.db.models import Sum  # noqa: PLC0415

        from search.access import rules_passed_by  # noqa: PLC0415
        from search.analysis import STOP_WORDS  # noqa: PLC0415
        from search.models import IndexState, Passage, Word  # noqa: PLC0415

        self.user = AnonymousUser()
        self.rules = rules_passed_by(self.user)
        mine = Word.objects.filter(rule__in=self.rules)
        self.counts = dict(mine.values_list("word").annotate(Sum("items")))
        self.words = sorted(
            word
            for word, items in self.counts.items()
            if items >= FEWEST and len(word) >= SHORTEST and word not in STOP_WORDS
        )
        known = set(self.words)
        texts = Passage.objects.filter(
            item__rule__in=self.rules, item__generation=IndexState.served()
        )
        self.pairs = [
            (first, second)
            for text in texts.order_by("pk").values_list("exact", flat=True)
            for first, second in pairwise(text.split())
            if first in known and second in known
        ]

    def word(self, rng: random.Random) -> tuple[str, ...]:
        return (rng.choice(self.words),)

    def pair(self, rng: random.Random) -> tuple[str, ...]:
        return rng.choice(self.pairs)

    def knows(self, slip: Slip) -> bool:
        """Return whether all typed words are words of the library."""
        return all(self.counts.get(word, 0) > KNOWN for word in slip.typed.split())


def _slip(rng: random.Random, words: tuple[str, ...]) -> Slip:
    typed = list(words)
    at = rng.randrange(len(typed))
    while typed[at] == words[at]:
        typed[at] = rng.choice(_SLIPS)(rng, words[at])
    return Slip(" ".join(words), " ".join(typed))


def _inserted(rng: random.Random, word: str) -> str:
    at = rng.randrange(len(word) + 1)
    return word[:at] + rng.choice(string.ascii_lowercase) + word[at:]


def _deleted(rng: random.Random, word: str) -> str:
    at = rng.randrange(len(word))
    return word[:at] + word[at + 1 :]


def _substituted(rng: random.Random, word: str) -> str:
    at = rng.randrange(len(word))
    return word[:at] + rng.choice(string.ascii_lowercase) + word[at + 1 :]


def _swapped(rng: random.Random, word: str) -> str:
    at = rng.randrange(len(word) - 1)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


_SLIPS = (_inserted, _deleted, _substituted, _swapped)


def _measure(
    what: str,
    library: _Library,
    rng: random.Random,
    draw: Callable[[random.Random], tuple[str, ...]],
    wanted: argparse.Namespace,
) -> Row:
    from search.spelling import corrections  # noqa: PLC0415

    say(f"Putting {wanted.count} {what} right")
    slips = [_slip(rng, draw(rng)) for _ in range(wanted.count)]
    another = [slip for slip in slips if library.knows(slip)]
    times, right = [], []
    for slip in slips:
        began = time.perf_counter()
        found = corrections(slip.typed, library.rules)
        times.append((time.perf_counter() - began) * 1000)
        if found[:1] == [slip.meant]:
            right.append(slip)
    apart = set(another)
    restored = sum(slip not in apart for slip in right)
    return Row(
        what=what,
        drawn=len(slips),
        another_word=len(another),
        restored=restored,
        rate=_percent(restored, len(slips) - len(another)),
        rate_of_all=_percent(len(right), len(slips)),
        p50_ms=round(statistics.median(times), 1),
        p95_ms=round(statistics.quantiles(times, n=20)[18], 1),
        **_to_the_end(library, [s for s in slips if s not in apart][: wanted.asked]),
    )


def _to_the_end(library: _Library, slips: Sequence[Slip]) -> dict[str, Any]:
    """Search as the search page does, which suggests only what finds something."""
    from search.query import parse  # noqa: PLC0415
    from search.results import Results  # noqa: PLC0415
    from search.spelling import did_you_mean  # noqa: PLC0415

    offered = [(s, did_you_mean(parse(s.typed), library.user)) for s in slips]
    found = [(slip.meant, better.text) for slip, better in offered if better]
    nothing = [
        text
        for _meant, text in found
        if Results(parse(text), library.user).none_has_all_words
        or not Results(parse(text), library.user)[:1]
    ]
    return {
        "asked": len(slips),
        "suggested": len(found),
        "suggested_right": sum(meant == text for meant, text in found),
        "finding_nothing": len(nothing),
    }


def _percent(part: int, whole: int) -> float:
    return round(100 * part / max(whole, 1), 1)


def _tell(rows: list[Row], library: _Library, wanted: argparse.Namespace) -> None:
    told = {
        "seed": wanted.seed,
        "words": len(library.words),
        "places_of_pairs": len(library.pairs),
        "rows": [asdict(row) for row in rows],
        "ok": not any(row.bad for row in rows),
    }
    if wanted.json:
        print(json.dumps(told))
        return
    print(
        f"\nseed {wanted.seed}: {len(library.words):,} words, "
        f"{len(library.pairs):,} places where two of them meet"
    )
    for row in rows:
        print(
            f"{row.what}: {row.rate} % restored at rank 1 ({row.restored} of "
            f"{row.drawn - row.another_word}; {row.another_word} more became another "
            f"word; {row.rate_of_all} % of all), p50 {row.p50_ms} ms, p95 {row.p95_ms} ms"
        )
        print(
            f"  did you mean: {row.suggested} suggestions for {row.asked}, "
            f"{row.suggested_right} right, {row.finding_nothing} find nothing"
        )


if __name__ == "__main__":
    main()
