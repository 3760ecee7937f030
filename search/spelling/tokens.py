"""The words of a typed text that may be put right; everything around them stays."""

from collections.abc import Sequence
from dataclasses import dataclass

from search.analysis import STOP_WORDS, tokens
from search.query import positive_spans

#: Shorter words have too many others near.
_SHORTEST = 3
#: Words of one question that are looked at.
_MOST = 10


@dataclass(frozen=True, slots=True)
class TypedWord:
    """A word, and where it stands in the text."""

    word: str
    start: int
    end: int
    #: Nothing but blanks between it and the word before.
    is_adjacent: bool = False

    @property
    def is_meaningful(self) -> bool:
        """It is no word that is too common to be looked up."""
        return self.word not in STOP_WORDS

    @property
    def is_countable(self) -> bool:
        """The library counts such words."""
        return self.is_meaningful and self.word.isalpha() and len(self.word) > 1

    @property
    def is_checkable(self) -> bool:
        """It has letters enough to be misspelled."""
        return self.is_countable and len(self.word) >= _SHORTEST


def read_words(text: str) -> tuple[TypedWord, ...]:
    """The words of a question that are wanted, in or out of quotation marks."""
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
    """The text with other words from one typed word to before another."""
    parts, at = [], 0
    for first, behind, words in replaced:
        start, end = typed[first].start, typed[behind - 1].end
        parts += [text[at:start], _as(text[start:end], words)]
        at = end
    return "".join([*parts, text[at:]])


def _as(before: str, words: str) -> str:
    """The words in capitals where those before were."""
    if len(before) > 1 and before.isupper():
        return words.upper()
    return words[:1].upper() + words[1:] if before[:1].isupper() else words
