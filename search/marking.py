"""Marking the words of a question in a text, the same for every engine.

Engines name passages; the text comes from the database and is analysed here as it was when
it was indexed. What is marked is escaped by us, and no markup but ours comes through.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from .analysis import Token, stem_in, tokens
from .query import Term

#: Words of a passage that are shown.
SHOWN = 32
#: Words before the first mark, so that it is read in its sentence.
_LEAD = 6


@dataclass(frozen=True, slots=True)
class _Excerpt:
    """Words of a text that are shown, and which of them are marked."""

    found: Sequence[Token]
    marked: frozenset[int]

    @property
    def worth(self) -> tuple[int, int]:
        """The more different words are marked in it the better, then the more marks."""
        words = {self.found[i].word for i in self.marked}
        return len(words), len(self.marked)


class Marker:
    """Marks the words of a question."""

    def __init__(self, terms: Iterable[Term]) -> None:
        wanted = list(terms)
        self._ways = [frozenset(way) for term in wanted for way in term.alternatives]
        self._phrases = [t.words for t in wanted if t.is_literal and not t.prefix]
        self._begins = tuple(t.words[-1] for t in wanted if t.prefix and t.words)

    def mark_all(self, text: str, language: str) -> SafeString:
        """All of the text, its matching words in `<mark>`."""
        found = tokens(text)
        return _html(text, found, self._marked(found, language), 0, len(text))

    def excerpt(self, text: str, language: str, *, shown: int = SHOWN) -> SafeString:
        """About so many words of the text around the words that match best."""
        found = tokens(text)
        marked = self._marked(found, language)
        first = _best(found, marked, shown)
        last = min(first + shown, len(found))
        start = found[first].start if first else 0
        end = found[last - 1].end if last < len(found) else len(text)
        return _html(text, found, marked, start, end)

    def matches(self, text: str, language: str) -> bool:
        """Whether a word of the question stands in the text."""
        return bool(self._marked(tokens(text), language))

    def _marked(self, found: Sequence[Token], language: str) -> frozenset[int]:
        """Positions of the words that match; of words that belong together, all or none."""
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
    """Where the stretch with the most different matching words begins."""
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
    """The text between two places, escaped, with marks, and signs where it was cut."""
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
