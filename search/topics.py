"""Topics as search uses them: as synonyms, and as suggestions when nothing is found."""

from collections import Counter, defaultdict
from difflib import SequenceMatcher, get_close_matches

from django.core.cache import cache

from pages.models import Topic, TopicTree

from .analysis import STOP_WORDS, words

#: Cache key of the topics.
TOPICS = "search.topics"
#: Minimum similarity of two words, from 0 to 1: `carrys` and `carries` reach it.
_ALIKE = 0.7
_MOST_WORDS = 8


def known_topics() -> TopicTree:
    """Return all topics, cached for a minute.

    This process clears the cache when a topic changes.
    """
    cached: TopicTree | None = cache.get(TOPICS)
    if cached is None:
        cached = TopicTree.load()
        cache.set(TOPICS, cached, 60)
    return cached


def synonyms() -> list[tuple[str, ...]]:
    """Return the name of each topic together with its synonyms."""
    known = [(topic.name, *topic.synonym_list) for topic in known_topics().topics]
    return [group for group in known if len(group) > 1]


def nearest_topics(text: str, tree: TopicTree, *, most: int = 6) -> list[Topic]:
    """Return the topics most similar to the text, the most similar first.

    Names and synonyms are compared word by word. Without a similar topic, the top-level
    topics are returned.
    """
    known = _vocabulary(tree)
    likeness: Counter[int] = Counter()
    typed = [word for word in words(text) if word not in STOP_WORDS]
    for word in typed[:_MOST_WORDS]:
        for near in get_close_matches(word, known, n=3, cutoff=_ALIKE):
            ratio = SequenceMatcher(None, word, near).ratio()
            likeness.update(dict.fromkeys(known[near], ratio))
    by_key = {topic.pk: topic for topic in tree.topics}
    found = [by_key[pk] for pk, _ratio in likeness.most_common(most)]
    return found or tree.roots()


def _vocabulary(tree: TopicTree) -> dict[str, set[int]]:
    """Return every word of every topic with the primary keys of its topics."""
    known: dict[str, set[int]] = defaultdict(set)
    for topic in tree.topics:
        for word in words(" ".join((topic.name, *topic.synonym_list))):
            if word not in STOP_WORDS:
                known[word].add(topic.pk)
    return known
