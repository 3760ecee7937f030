"""Words as every engine knows them: all analysis happens here, so all engines agree.

An engine gets blank-separated tokens and splits them at the blanks, nothing more. Words are
folded (case, accents) and, but for exact search, stemmed by Snowball in the language of the
text; French stems carry a mark, so that they meet no English ones.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from Stemmer import Stemmer

#: Raised whenever tokens come out otherwise: the index then has to be built anew.
VERSION = 1
#: Longer words are cut: nobody types them, and they are seldom words.
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
#: Words too common to tell two items apart, in any language; kept inside quotation marks.
STOP_WORDS = frozenset(_COMMON.split())

_WORD = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f])*")
_STEMMERS = {"en": Stemmer("english"), "fr": Stemmer("french")}
#: Languages with a stemmer of their own, or with none; any other text counts as English.
_UNSTEMMED = frozenset({"es", "other"})
#: A word may stand in a text of any of these.
STEM_LANGUAGES = ("en", "fr", "other")
#: Words whose stems are remembered for each language.
_MOST_REMEMBERED = 200_000


class _Stems(dict[str, str]):
    """Stems by word, in one language; a word is stemmed when it is first asked for."""

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
    """A folded word and where it stands in its text."""

    word: str
    start: int
    end: int


def tokens(text: str) -> list[Token]:
    """The folded words of a text, in order, with their places (end is behind the word)."""
    return [
        Token(word, found.start(), found.end())
        for found in _WORD.finditer(text)
        if (word := fold_word(found[0]))
    ]


def words(text: str) -> list[str]:
    """The folded words of a text, in order."""
    if text.isascii():  # most are, and need no look at each word
        return [word[:LONGEST_WORD] for word in _WORD.findall(text.lower())]
    # A few signs are nothing once they are folded.
    return list(filter(None, map(fold_word, _WORD.findall(text))))


def stems(found: Iterable[str], language: str) -> list[str]:
    """Of folded words those that tell something, stemmed in the language of their text."""
    return list(filter(None, map(_STEMS[_known(language)].__getitem__, found)))


def possible_stems(word: str) -> tuple[str, ...]:
    """Every stem under which a folded word may stand, the English one first; none for a
    word that is too common."""
    found = (stem(word, language) for language in STEM_LANGUAGES)
    return tuple(dict.fromkeys(each for each in found if each))


def stem_in(word: str, language: str) -> str:
    """The stem of a folded word in a text of the language; empty for a common word."""
    return stem(word, _known(language))


def stem(word: str, language: str) -> str:
    """The stem of a folded word, empty for a common one; `language` is `en`, `fr` or
    `other`."""
    return _STEMS[language][word]


@lru_cache(maxsize=200_000)
def fold_word(word: str) -> str:
    """The word without case and accents: `Métis` becomes `metis`."""
    if word.isascii():
        return word.lower()[:LONGEST_WORD]
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    plain = (sign for sign in decomposed if not unicodedata.combining(sign))
    return "".join(sign for sign in plain if sign.isalnum())[:LONGEST_WORD]


def fold(text: str) -> str:
    """Words only, without accents and case: `Métis  Homes!` becomes `metis homes`."""
    return " ".join(words(text))


def _known(language: str) -> str:
    if language in _UNSTEMMED:
        return "other"
    return language if language in _STEMMERS else "en"
