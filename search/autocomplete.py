"""Suggestions while typing: items by title, topics, and completions of the last word.

This runs on almost every keystroke and therefore never asks the search engine: titles
are read from a database index, topics from the cache, completions from the vocabulary.
No item is suggested that the user may not see, and no word that occurs only in such
items.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, Value
from django.db.models.functions import Concat, Length
from django.urls import reverse
from django.utils.translation import gettext as _

from . import analysis, engines
from .access import items_seen_by, rules_passed_by
from .engines import Lexicon
from .models import IndexedItem, IndexState, starts_with
from .query import parse
from .spelling import TypedWord, read_words
from .topics import known_topics

ITEMS, TOPICS, WORDS = 6, 3, 3
#: Shorter input would match half the library.
SHORTEST = 2
#: Titles to authorize; completions to test for co-occurrence.
_TITLES, _ENDINGS = 24, 6
#: Words of the input that are used.
_MOST_WORDS = 8


@dataclass(frozen=True, slots=True)
class Option:
    """One suggestion: its text, URL and hint."""

    text: str
    url: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Suggestions of one kind."""

    name: str
    label: str
    options: Sequence[Option]


def suggestions(text: str, user: Any) -> list[Group]:
    """Return groups of suggestions for the input; empty groups are omitted."""
    words = parse(text).title_key.split()[:_MOST_WORDS]
    if len("".join(words)) < SHORTEST:
        return []
    rules = rules_passed_by(user)
    groups = [
        Group("items", _("Items"), list(_items(words, user, rules))),
        Group("topics", _("Topics"), list(_topics(words))),
        Group("words", _("Words"), list(_completed(text, Lexicon(rules)))),
    ]
    return [group for group in groups if group.options]


def _items(words: Sequence[str], user: Any, rules: frozenset[str]) -> Iterator[Option]:
    """Return items whose title contains, for each typed word, a word beginning with it.

    Titles that begin with the input come first, shorter titles before longer ones.
    """
    keys = _titles(words, rules)
    seen = IndexedItem.objects.filter(items_seen_by(user)).in_bulk(keys)
    found = [seen[key] for key in keys if key in seen]
    return (Option(each.title, each.path, each.eyebrow) for each in found[:ITEMS])


def _titles(words: Sequence[str], rules: frozenset[str]) -> list[int]:
    """Return keys of such items.

    All titles are scanned only if too few begin with the input.
    """
    titles = (
        IndexedItem.objects.filter(generation=IndexState.served(), rule__in=rules)
        .order_by(Length("title_key"), "title_key", "pk")
        .values_list("pk", flat=True)
    )
    found = list(titles.filter(starts_with("title_key", " ".join(words)))[:_TITLES])
    if len(found) < ITEMS:
        spaced = titles.alias(spaced=Concat(Value(" "), "title_key"))
        inside = spaced.filter(*(Q(spaced__contains=f" {word}") for word in words))
        found += inside[:_TITLES]
    return list(dict.fromkeys(found))


def _topics(words: Sequence[str]) -> Iterator[Option]:
    """Return topics whose name or synonyms match in the same way."""
    found = [
        topic
        for topic in known_topics().topics
        if any(_all_begin(words, name) for name in (topic.name, *topic.synonym_list))
    ]
    return (Option(each.name, each.get_absolute_url()) for each in found[:TOPICS])


def _all_begin(words: Sequence[str], name: str) -> bool:
    spaced = f" {analysis.fold(name)}"
    return all(f" {word}" in spaced for word in words)


def _completed(text: str, lexicon: Lexicon) -> Iterator[Option]:
    """Yield the text with its last word completed, one completion for each stem.

    After another word, completions are ordered by co-occurrence with it, otherwise by
    frequency.
    """
    typed = read_words(text)
    if not typed or typed[-1].end != len(text) or len(typed[-1].word) < SHORTEST:
        return
    before = text[: typed[-1].start]
    for word in _endings(typed, lexicon)[:WORDS]:
        completed = before + word
        url = f"{reverse('search:search')}?{urlencode({'q': completed})}"
        yield Option(completed, url)


def _endings(typed: Sequence[TypedWord], lexicon: Lexicon) -> list[str]:
    last = typed[-1].word
    counts = lexicon.starting_with(last, shortest=len(last) + 1)
    by_stem: dict[str, str] = {}
    for word in sorted(counts, key=lambda word: (-counts[word], word)):
        if stem := analysis.stem_in(word, "en"):
            by_stem.setdefault(stem, word)
    words = list(by_stem.values())[:_ENDINGS]
    content_words = [each.word for each in typed[:-1] if each.is_meaningful]
    return _next_to(content_words[-1], words, lexicon) if content_words else words


def _next_to(word: str, endings: Sequence[str], lexicon: Lexicon) -> list[str]:
    """Return the endings that co-occur with the word, adjacent ones first."""
    met = engines.embedded().cooccurrences(
        [(word, ending) for ending in endings],
        lexicon.rules,
        generation=IndexState.served(),
    )
    stood = [ending for ending in endings if met[word, ending].together]
    return sorted(
        stood, key=lambda each: (-met[word, each].adjacent, -met[word, each].together)
    )
