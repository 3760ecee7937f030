"""Slips of the finger and of the memory: which words are near to a typed one, and how far.

A noisy channel (Kernighan, Church and Gale 1990): somebody meant a word and something came
between. What each slip costs is, roughly, the negative logarithm of how likely it is to turn
just this word into just what was typed. A missing letter can only be missing in a few ways, a
wrong one can be any of twenty-five: that is most of the difference.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from rapidfuzz.distance import DamerauLevenshtein

_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"
_VOWELS: Final = frozenset("aeiouy")
#: Rows of a keyboard, each moved to the right by so many keys.
_ROWS: Final = (("qwertyuiop", 0.0), ("asdfghjkl", 0.25), ("zxcvbnm", 0.75))

TRANSPOSED: Final = 2.0
MISSING, MISSING_DOUBLE = 2.0, 1.5
EXTRA, EXTRA_ADJACENT, EXTRA_DOUBLE = 5.0, 4.5, 3.0
SUBSTITUTED, SUBSTITUTED_LIKELY = 5.0, 4.5
#: People seldom miss the first letter.
FIRST_LETTER: Final = 0.3
#: Two slips in one word, of whatever kind, each cost about so much.
COST_OF_EACH_OF_TWO: Final = 4.0
#: Shorter words are another word after two slips.
MIN_LENGTH_FOR_TWO: Final = 6


def _neighbours() -> frozenset[str]:
    """Pairs of keys next to each other, in both orders."""
    places = {
        letter: (row, column + moved)
        for row, (letters, moved) in enumerate(_ROWS)
        for column, letter in enumerate(letters)
    }
    return frozenset(
        a + b
        for a, (row, column) in places.items()
        for b, (other_row, other_column) in places.items()
        if a != b and abs(row - other_row) <= 1 and abs(column - other_column) <= 1
    )


_NEAR: Final = _neighbours()


def one_edit(typed: str) -> dict[str, float]:
    """Every string that one slip would turn into what was typed, with its least cost."""
    found: dict[str, float] = {}
    for meant, cost in _all_edits(typed):
        if meant and meant != typed and cost < found.get(meant, cost + 1):
            found[meant] = cost
    return found


def two_edits(typed: str, words: Iterable[str]) -> dict[str, float]:
    """Those of the words that two slips would turn into what was typed, with the cost."""
    if len(typed) < MIN_LENGTH_FOR_TWO:
        return {}
    return {
        word: distance * COST_OF_EACH_OF_TWO
        for word in words
        if 0 < (distance := _distance(typed, word)) <= 2  # noqa: PLR2004
    }


def _distance(typed: str, word: str) -> int:
    return DamerauLevenshtein.distance(typed, word, score_cutoff=2)


def _all_edits(typed: str) -> Iterator[tuple[str, float]]:
    yield from _transposed(typed)
    yield from _missing(typed)
    yield from _extra(typed)
    yield from _substituted(typed)


def _transposed(typed: str) -> Iterator[tuple[str, float]]:
    for i in range(len(typed) - 1):
        yield typed[:i] + typed[i + 1] + typed[i] + typed[i + 2 :], TRANSPOSED


def _missing(typed: str) -> Iterator[tuple[str, float]]:
    """The typed word lacks a letter."""
    for i in range(len(typed) + 1):
        for letter in _LETTERS:
            double = letter in typed[max(0, i - 1) : i + 1]
            cost = MISSING_DOUBLE if double else MISSING
            yield typed[:i] + letter + typed[i:], cost + _position_cost(i)


def _extra(typed: str) -> Iterator[tuple[str, float]]:
    """The typed word has a letter too many."""
    for i, letter in enumerate(typed):
        beside = typed[max(0, i - 1) : i] + typed[i + 1 : i + 2]
        if letter in beside:
            cost = EXTRA_DOUBLE
        elif any(letter + other in _NEAR for other in beside):
            cost = EXTRA_ADJACENT
        else:
            cost = EXTRA
        yield typed[:i] + typed[i + 1 :], cost + _position_cost(i)


def _substituted(typed: str) -> Iterator[tuple[str, float]]:
    """The typed word has another letter in a place."""
    for i, letter in enumerate(typed):
        for meant in _LETTERS:
            likely = meant + letter in _NEAR or {meant, letter} <= _VOWELS
            cost = SUBSTITUTED_LIKELY if likely else SUBSTITUTED
            yield typed[:i] + meant + typed[i + 1 :], cost + _position_cost(i)


def _position_cost(position: int) -> float:
    return 0.0 if position else FIRST_LETTER
