"""Topics as search knows them: other words for the same thing, and what is near."""

from collections import Counter, defaultdict
from difflib import SequenceMatcher, get_close_matches

from django.core.cache import cache

from pages.models import Topic, TopicTree

from .analysis import STOP_WORDS, words

#: Where the topics are kept.
TOPICS = "search.topics"
#: How alike two words must be, from 0 to 1: `carrys` and `carries` are.
_ALIKE = 0.7
_MOST_WORDS = 8


def known_topics() -> TopicTree:
    """All topics; kept for a minute, as they seldom change, and forgotten by this process
    as soon as they do."""
    cached: TopicTree | None = cache.get(TOPICS)
    if cached is None:
        cached = TopicTree.load()
        cache.set(TOPICS, cached, 60)
    return cached


def synonyms() -> list[tuple[str, ...]]:
    """Names of topics with the other words for them."""
    known = [(topic.name, *topic.synonym_list) for topic in known_topics().topics]
    return [group for group in known if len(group) > 1]


def nearest_topics(text: str, tree: TopicTree, *, most: int = 6) -> list[Topic]:
    """Topics whose names or other words are most like the text's, the nearest first.

    The main topics, where none is like them.
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
    """Every word of every topic, and whose it is."""
    known: dict[str, set[int]] = defaultdict(set)
    for topic in tree.topics:
        for word in words(" ".join((topic.name, *topic.synonym_list))):
            if word not in STOP_WORDS:
                known[word].add(topic.pk)
    return known
