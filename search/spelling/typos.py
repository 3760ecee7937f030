"""Edit costs of typing errors.

A noisy channel model (Kernighan, Church and Gale 1990). The cost of an edit
approximates the negative logarithm of the probability that exactly this error produced
the typed word. A character can be missing in few ways, but a wrong one can be any of
twenty-five, which explains most of the differences.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from rapidfuzz.distance import DamerauLevenshtein

_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"
_VOWELS: Final = frozenset("aeiouy")
#: Rows of a keyboard, each with its offset in keys.
_ROWS: Final = (("qwertyuiop", 0.0), ("asdfghjkl", 0.25), ("zxcvbnm", 0.75))

TRANSPOSED: Final = 2.0
MISSING, MISSING_DOUBLE = 2.0, 1.5
EXTRA, EXTRA_ADJACENT, EXTRA_DOUBLE = 5.0, 4.5, 3.0
SUBSTITUTED, SUBSTITUTED_LIKELY = 5.0, 4.5
#: Extra cost of an error in the first character.
FIRST_LETTER: Final = 0.3
#: Approximate cost of each edit if there are two.
COST_OF_EACH_OF_TWO: Final = 4.0
#: Shorter words become different words after two edits.
MIN_LENGTH_FOR_TWO: Final = 6


def _neighbours() -> frozenset[str]:
    """Return pairs of adjacent keys in both orders."""
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
    """Return all strings one edit away from the typed word, with their lowest cost."""
    found: dict[str, float] = {}
    for meant, cost in _all_edits(typed):
        if meant and meant != typed and cost < found.get(meant, cost + 1):
            found[meant] = cost
    return found


def two_edits(typed: str, words: Iterable[str]) -> dict[str, float]:
    """Return the words at most two edits away from the typed word, with their cost."""
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
    """Yield strings of which the typed word lacks a character."""
    for i in range(len(typed) + 1):
        for letter in _LETTERS:
            double = letter in typed[max(0, i - 1) : i + 1]
            cost = MISSING_DOUBLE if double else MISSING
            yield typed[:i] + letter + typed[i:], cost + _position_cost(i)


def _extra(typed: str) -> Iterator[tuple[str, float]]:
    """Yield strings to which the typed word adds a character."""
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
    """Yield strings of which the typed word replaces a character."""
    for i, letter in enumerate(typed):
        for meant in _LETTERS:
            likely = meant + letter in _NEAR or {meant, letter} <= _VOWELS
            cost = SUBSTITUTED_LIKELY if likely else SUBSTITUTED
            yield typed[:i] + meant + typed[i + 1 :], cost + _position_cost(i)


def _position_cost(position: int) -> float:
    return 0.0 if position else FIRST_LETTER
