"""What a person gets to see: the engine suggests, the database authorizes.

Every hit of a page is asked for again in the database, as the person who searches, in one
query. A hit that the person may not see drops out and out of the total. The words of a hit
come from the database too, and are marked here.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import or_
from typing import Any

from django.core.cache import cache
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from everydoor.files.models import Language
from everydoor.pages.models import Topic, TopicTree

from . import engines, registry
from .access import rules_passed_by
from .hits import Hit, hit_of
from .marking import Marker
from .models import CARD, POSITION_BITS, IndexState, Passage
from .query import Query, expand

FACETS = {
    "kind": _("Kind"),
    "topic": _("Topic"),
    "audience": _("Made for"),
    "year": _("Year"),
    "group": _("Working group"),
    "language": _("Language"),
    "type": _("Type of file"),
}
#: Where the synonyms are kept.
SYNONYMS = "search.synonyms"
#: Values of a facet that are shown; chosen ones are always shown.
_MOST_CHOICES = 8


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet, to be ticked."""

    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """A filter with its values, the fullest first, the chosen ones always among them."""

    name: str
    label: Any
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class _Window:
    """One page, as asked for."""

    answer: engines.Answer
    hits: tuple[Hit, ...]


class Results(Sequence[Hit]):
    """Everything that a person finds, read page by page as it is sliced.

    For Django's paginator: the count and the page that was asked for cost one question to
    the engine and one to the database.
    """

    def __init__(self, query: Query, user: Any) -> None:
        self.query = query
        self.user = user
        self._windows: dict[int, _Window] = {}

    def __len__(self) -> int:
        return self.total

    def __getitem__(self, wanted: Any) -> Any:
        start, stop, _step = slice(*_bounds(wanted)).indices(self.total)
        hits = list(self._between(start, stop))
        return hits if isinstance(wanted, slice) else hits[0]

    @property
    def total(self) -> int:
        """How many items there are for this person."""
        window = self._asked
        dropped = len(window.answer.matches) - len(window.hits)
        return window.answer.total - dropped

    @property
    def none_has_all_words(self) -> bool:
        """Items were found, but each lacks one of the words at least."""
        return bool(self.total and not self._asked.answer.strict)

    @property
    def stands_in(self) -> bool:
        """The engine that should have answered could not; another did."""
        return self._asked.answer.fallback

    @cached_property
    def topics(self) -> TopicTree:
        """All topics, for who asked nothing or found nothing."""
        return TopicTree.load()

    @cached_property
    def facets(self) -> list[Facet]:
        """The filters that help here: with two values at least, or with a chosen one."""
        made = [self._facet(name) for name in FACETS]
        return [
            facet
            for facet in made
            if len(facet.choices) > 1 or any(c.chosen for c in facet.choices)
        ]

    @cached_property
    def _expanded(self) -> Query:
        return expand(self.query, synonyms())

    @cached_property
    def _rules(self) -> frozenset[str]:
        return rules_passed_by(self.user)

    @property
    def _asked(self) -> _Window:
        return self._window(self.query.page)

    def _window(self, page: int) -> _Window:
        if page not in self._windows:
            query = self._expanded.on_page(page)
            answer = engines.ask(query, self._rules)
            self._windows[page] = _Window(answer, self._authorized(answer.matches))
        return self._windows[page]

    def _between(self, start: int, stop: int) -> Iterator[Hit]:
        """Hits by position. A page from which hits dropped out is short, not refilled."""
        size = self.query.per_page
        for page in range(start // size + 1, (max(stop, 1) - 1) // size + 2):
            first = (page - 1) * size
            yield from self._window(page).hits[max(0, start - first) : stop - first]

    def _authorized(self, matches: Sequence[engines.Match]) -> tuple[Hit, ...]:
        """The matches that the person may see, with their words: one query for all."""
        if not matches:
            return ()
        found = self._passages(matches)
        marker = Marker(self._expanded.terms)
        return tuple(
            hit_of(passages, match.places, marker)
            for match in matches
            if (passages := found.get(match.key))
        )

    def _passages(
        self, matches: Sequence[engines.Match]
    ) -> dict[engines.Key, list[Passage]]:
        """The card and the best passages of each match that the person may see."""
        seen = reduce(or_, (self._seen(each, matches) for each in registry.sources()))
        places = {CARD, *(place for match in matches for place in match.places)}
        rows = (
            Passage.objects.alias(at=F("id") - F("item_id") * (1 << POSITION_BITS))
            .filter(seen, item__generation=IndexState.served(), at__in=places)
            .select_related("item")
            .order_by("pk")
        )
        found: dict[engines.Key, list[Passage]] = defaultdict(list)
        for each in rows:
            found[engines.Key(each.item.source, each.item.object_id)].append(each)
        return found

    def _seen(self, source: registry.Source, matches: Sequence[engines.Match]) -> Q:
        """The source's own among the matches, if the person may see them."""
        keys = [m.key.object_id for m in matches if m.key.source == source.name]
        if not keys:
            return Q(pk__in=())
        rows = source.visible_to(self.user).filter(pk=OuterRef("item__object_id"))
        return Q(Exists(rows), item__source=source.name, item__object_id__in=keys)

    def _facet(self, name: str) -> Facet:
        chosen = self.query.filters.get(name, ())
        counts = (self._asked.answer.counts or {}).get(name, ())
        labels = {each.value: each.label for each in counts}
        numbers = {each.value: each.count for each in counts}
        choices = [
            Choice(
                value=value,
                label=labels.get(value) or self._label(name, value),
                count=numbers.get(value, 0),
                chosen=value in chosen,
            )
            for value in dict.fromkeys([*labels, *chosen])
        ]
        return Facet(name, FACETS[name], tuple(_fullest(name, choices)))

    def _label(self, name: str, value: str) -> str:
        """The name of a chosen value that nothing here has."""
        topic: Topic | None = self.topics.by_slug.get(value)
        if name == "topic" and topic:
            return topic.name
        known: Mapping[str, Any] = {}
        if name == "kind":
            known = registry.kind_labels()
        elif name == "language":
            known = dict(Language.choices)
        return str(known.get(value, value))


def synonyms() -> list[tuple[str, ...]]:
    """Names of topics with the other words for them; kept for a minute, as they seldom
    change, and forgotten by this process as soon as they do."""
    kept: list[tuple[str, ...]] | None = cache.get(SYNONYMS)
    if kept is None:
        topics = Topic.objects.exclude(synonyms="")
        kept = [(topic.name, *topic.synonym_list) for topic in topics]
        cache.set(SYNONYMS, kept, 60)
    return kept


def _bounds(wanted: slice | int) -> tuple[int | None, int | None]:
    if isinstance(wanted, slice):
        return wanted.start, wanted.stop
    return wanted, wanted + 1


def _fullest(name: str, choices: list[Choice]) -> list[Choice]:
    if name == "year":
        choices.sort(key=lambda each: each.value, reverse=True)
    else:
        choices.sort(key=lambda each: (-each.count, each.label))
    return [c for i, c in enumerate(choices) if i < _MOST_CHOICES or c.chosen]
