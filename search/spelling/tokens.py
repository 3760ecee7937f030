"""The words of a typed text that may be corrected."""

from collections.abc import Sequence
from dataclasses import dataclass

from search.analysis import STOP_WORDS, tokens
from search.query import positive_spans

#: Shorter words have too many neighbours.
_SHORTEST = 3
#: Maximum number of words considered.
_MOST = 10


@dataclass(frozen=True, slots=True)
class TypedWord:
    """A folded word with its offsets in the text."""

    word: str
    start: int
    end: int
    #: Only blanks separate it from the previous word.
    is_adjacent: bool = False

    @property
    def is_meaningful(self) -> bool:
        """Whether it is not a stop word."""
        return self.word not in STOP_WORDS

    @property
    def is_countable(self) -> bool:
        """Whether the vocabulary counts such words."""
        return self.is_meaningful and self.word.isalpha() and len(self.word) > 1

    @property
    def is_checkable(self) -> bool:
        """Whether it is long enough to be corrected."""
        return self.is_countable and len(self.word) >= _SHORTEST


def read_words(text: str) -> tuple[TypedWord, ...]:
    """Return the wanted words of a query, inside or outside quotation marks."""
    found: list[TypedWord] = []
    for start, end in positive_spans(text):
        for token in tokens(text[start:end]):
            first, last = start + token.start, start + token.end
            is_adjacent = bool(found) and text[found[-1].end : first].isspace()
            found.append(TypedWord(token.word, first, last, is_adjacent))
    return tuple(found[:_MOST])


def replace_words(
    text: str, typed: Sequence[TypedWord], replaced: Sequence[tuple[int, int, str]]
) -> str:
    """Replace ranges of typed words and leave all other text unchanged."""
    parts, at = [], 0
    for first, behind, words in replaced:
        start, end = typed[first].start, typed[behind - 1].end
        parts += [text[at:start], _as(text[start:end], words)]
        at = end
    return "".join([*parts, text[at:]])


def _as(before: str, words: str) -> str:
    """Return the words in the capitalization of the replaced text."""
    if len(before) > 1 and before.isupper():
        return words.upper()
    return words[:1].upper() + words[1:] if before[:1].isupper() else words
