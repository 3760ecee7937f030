"""Text analysis, done in the application so that all engines agree on terms.

Engines receive tokens separated by blanks and only split at the blanks. Tokens are
folded (case and accents) and, except for exact search, stemmed by Snowball in the
language of the text. French stems carry a prefix so that they never match English ones.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from Stemmer import Stemmer

#: Increase whenever the analysis changes; the index must then be rebuilt.
VERSION = 1
#: Longer words are truncated; nobody types them.
LONGEST_WORD = 40
FRENCH = "fr_"

_COMMON = """
a about an and are as at be been but by can could do does for from had has have how i if in
into is it its me my no not of on or our should so such than that the their then there these
they this to was we were what when where which who why will with would you your
s t d ll re ve l n j
au aux avec ce ces cette dans des du elle elles est et eux il ils je la le les leur leurs lui
mais ne nous ou par pas pour qu que qui sa se ses sont sur un une vous y
"""
#: Stop words of all languages; they still count inside quotation marks.
STOP_WORDS = frozenset(_COMMON.split())

_WORD = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f])*")
_STEMMERS = {"en": Stemmer("english"), "fr": Stemmer("french")}
#: Languages without stemming; every language not listed anywhere counts as English.
_UNSTEMMED = frozenset({"es", "other"})
#: Languages under whose stem a word may be indexed.
STEM_LANGUAGES = ("en", "fr", "other")
#: Cached stems for each language, and cached folded words.
_MOST_REMEMBERED = 200_000


class _Stems(dict[str, str]):
    """Cache of stems by word for one language; a word is stemmed on first use."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self.mark = FRENCH if language == "fr" else ""
        self.stemmer = _STEMMERS.get(language)

    def __missing__(self, word: str) -> str:
        if len(self) > _MOST_REMEMBERED:
            self.clear()
        self[word] = found = "" if word in STOP_WORDS else self._stem(word)
        return found

    def _stem(self, word: str) -> str:
        return self.mark + self.stemmer.stemWord(word) if self.stemmer else word


_STEMS = {language: _Stems(language) for language in (*_STEMMERS, "other")}


@dataclass(frozen=True, slots=True)
class Token:
    """A folded word with its offsets in the text."""

    word: str
    start: int
    end: int


def tokens(text: str) -> list[Token]:
    """Return the tokens of a text in order; `end` is exclusive."""
    return [
        Token(word, found.start(), found.end())
        for found in _WORD.finditer(text)
        if (word := fold_word(found[0]))
    ]


def words(text: str) -> list[str]:
    """Return the folded words of a text in order."""
    if text.isascii():  # Fast path: most texts are ASCII.
        return [word[:LONGEST_WORD] for word in _WORD.findall(text.lower())]
    # Some characters are empty once folded.
    return list(filter(None, map(fold_word, _WORD.findall(text))))


def stems(found: Iterable[str], language: str) -> list[str]:
    """Return the stems of folded words in a text's language, without stop words."""
    return list(filter(None, map(_STEMS[_known(language)].__getitem__, found)))


def possible_stems(word: str) -> tuple[str, ...]:
    """Return every stem under which a folded word may be indexed, English first.

    Empty for a stop word.
    """
    found = (stem(word, language) for language in STEM_LANGUAGES)
    return tuple(dict.fromkeys(each for each in found if each))


def stem_in(word: str, language: str) -> str:
    """Return the stem of a folded word in a text of any language; empty for a stop word."""
    return stem(word, _known(language))


def stem(word: str, language: str) -> str:
    """Return the stem of a folded word, empty for a stop word.

    `language` is `en`, `fr` or `other`.
    """
    return _STEMS[language][word]


def fold_word(word: str) -> str:
    """Return the word without case and accents: `Métis` becomes `metis`."""
    # Only short words are cached: a text may hold one that is megabytes long.
    if len(word) <= LONGEST_WORD:
        return _cached_fold(word)
    return _fold(word)


def _fold(word: str) -> str:
    if word.isascii():
        return word.lower()[:LONGEST_WORD]
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    plain = (sign for sign in decomposed if not unicodedata.combining(sign))
    return "".join(sign for sign in plain if sign.isalnum())[:LONGEST_WORD]


_cached_fold = lru_cache(maxsize=_MOST_REMEMBERED)(_fold)


def fold(text: str) -> str:
    """Return only the words, without case and accents.

    `Métis Homes!` becomes `metis homes`.
    """
    return " ".join(words(text))


def _known(language: str) -> str:
    if language in _UNSTEMMED:
        return "other"
    return language if language in _STEMMERS else "en"
