"""Highlighting of query terms in text, identical for every engine.

Engines return positions of passages; the text comes from the database and is analyzed
as it was when indexed. All text is escaped, and the only markup is the `<mark>` added
here.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from .analysis import Token, stem_in, tokens
from .query import Term

#: Number of words of a passage that are shown.
SHOWN = 32
#: Words shown before the first match, as context.
_LEAD = 6


@dataclass(frozen=True, slots=True)
class _Excerpt:
    """A window of tokens, and which of them match."""

    found: Sequence[Token]
    marked: frozenset[int]

    @property
    def worth(self) -> tuple[int, int]:
        """Sort key: first the number of different matching words, then of all matches."""
        words = {self.found[i].word for i in self.marked}
        return len(words), len(self.marked)


class Marker:
    """Highlights the terms of one query."""

    def __init__(self, terms: Iterable[Term]) -> None:
        wanted = list(terms)
        self._ways = [frozenset(way) for term in wanted for way in term.alternatives]
        self._phrases = [t.words for t in wanted if t.is_literal and not t.prefix]
        self._begins = tuple(t.words[-1] for t in wanted if t.prefix and t.words)

    def mark_all(self, text: str, language: str) -> SafeString:
        """Return the whole text with its matching words in `<mark>`."""
        found = tokens(text)
        return _html(text, found, self._marked(found, language), 0, len(text))

    def excerpt(self, text: str, language: str, *, shown: int = SHOWN) -> SafeString:
        """Return about `shown` words around the densest match."""
        found = tokens(text)
        marked = self._marked(found, language)
        first = _best(found, marked, shown)
        last = min(first + shown, len(found))
        start = found[first].start if first else 0
        end = found[last - 1].end if last < len(found) else len(text)
        return _html(text, found, marked, start, end)

    def matches(self, text: str, language: str) -> bool:
        """Return whether the text contains a term of the query."""
        return bool(self._marked(tokens(text), language))

    def _marked(self, found: Sequence[Token], language: str) -> frozenset[int]:
        """Return positions of matching tokens; a phrase matches as a whole or not at all."""
        stems = [stem_in(token.word, language) for token in found]
        there = frozenset(stems)
        wanted = frozenset().union(*(way for way in self._ways if way <= there))
        alone = {
            i
            for i, token in enumerate(found)
            if stems[i] in wanted or token.word.startswith(self._begins or ("\0",))
        }
        together = {
            i + offset
            for phrase in self._phrases
            for i in range(len(found) - len(phrase) + 1)
            if all(found[i + n].word == word for n, word in enumerate(phrase))
            for offset in range(len(phrase))
        }
        return frozenset(alone | together)


def _best(found: Sequence[Token], marked: frozenset[int], shown: int) -> int:
    """Return the start of the window with the most different matching words."""
    if len(found) <= shown:
        return 0
    starts = sorted({max(0, min(i - _LEAD, len(found) - shown)) for i in marked} | {0})
    return max(
        starts,
        key=lambda start: (
            _Excerpt(
                found, frozenset(i for i in marked if start <= i < start + shown)
            ).worth
        ),
    )


def _html(
    text: str, found: Sequence[Token], marked: frozenset[int], start: int, end: int
) -> SafeString:
    """Return the escaped text between two offsets, with `<mark>` around matches.

    Ellipses show where the text was cut.
    """
    parts = ["…"] if start else []
    at = start
    for i in sorted(marked):
        token = found[i]
        if start <= token.start and token.end <= end:
            parts += [escape(text[at : token.start]), "<mark>"]
            parts += [escape(text[token.start : token.end]), "</mark>"]
            at = token.end
    parts += [escape(text[at:end]), "…" if end < len(text) else ""]
    return mark_safe("".join(parts))  # noqa: S308  (escaped above; the tags are ours)
