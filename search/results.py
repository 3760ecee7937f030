"""Search results as one user may see them: the engine suggests, the database authorizes.

The matches of a page are read again from the database in one query, restricted to what
the user may see. A match that is not visible is dropped from the page and from the
total. The text of a hit comes from the database as well and is highlighted here.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import or_
from typing import Any

from django.db.models import Exists, F, OuterRef, Q

from pages.models import TopicTree

from . import engines, promotions, registry
from .access import rules_passed_by
from .facets import FacetCounts, facet_counts
from .hits import Hit, build_hit
from .marking import Marker
from .models import CARD, POSITION_BITS, IndexState, Passage
from .query import Query, expand
from .topics import known_topics, synonyms


@dataclass(frozen=True, slots=True)
class _Page:
    """One page of results."""

    answer: engines.Answer
    hits: tuple[Hit, ...]
    #: Promoted results, shown above the others.
    promoted: "tuple[Promoted, ...]" = ()


@dataclass(frozen=True, slots=True)
class Promoted:
    """A promoted result: a hit, or an external link."""

    chosen: promotions.Promotion
    hit: Hit | None = None

    @property
    def title(self) -> str:
        """Its title."""
        return self.hit.title if self.hit else self.chosen.title


class Results(Sequence[Hit]):
    """Lazy sequence of everything that a user finds, read page by page as it is sliced.

    With Django's paginator, the count and the requested page together cost one request
    to the engine and one database query.
    """

    def __init__(self, query: Query, user: Any) -> None:
        self.query = query
        self.user = user
        self._windows: dict[int, _Page] = {}

    def __len__(self) -> int:
        return self.total

    def __getitem__(self, wanted: Any) -> Any:
        start, stop, _step = slice(*_bounds(wanted)).indices(self.total)
        hits = list(self._between(start, stop))
        return hits if isinstance(wanted, slice) else hits[0]

    @property
    def total(self) -> int:
        """Number of items that the user finds."""
        page = self._current
        dropped = len(page.answer.matches) - len(page.hits)
        return page.answer.total - dropped

    @property
    def none_has_all_words(self) -> bool:
        """Whether there are results, but none of them contains every word."""
        return bool(self.total and not self._current.answer.strict)

    @property
    def has_all_words(self) -> bool:
        """Whether a visible result on the requested page contains every word.

        The engine names strict matches first, so in order of relevance one of them is
        visible unless at least as many matches were dropped as there are strict ones.
        """
        answer, hits = self._current.answer, self._current.hits
        return len(answer.matches) - len(hits) < min(answer.strict, len(answer.matches))

    @property
    def promoted(self) -> tuple[Promoted, ...]:
        """Promoted results for this query that the user may see."""
        return self._current.promoted

    @property
    def fallback(self) -> bool:
        """Whether the external engine was unavailable and the embedded one answered."""
        return self._current.answer.fallback

    @cached_property
    def topics(self) -> TopicTree:
        """All topics, for pages without a query or without results."""
        return known_topics()

    @cached_property
    def facets(self) -> list[FacetCounts]:
        """Facets that narrow these results, with their counts."""
        counts = self._current.answer.counts or {}
        return facet_counts(self.query.filters, counts, self.topics)

    @cached_property
    def _expanded(self) -> Query:
        return expand(self.query, synonyms())

    @cached_property
    def _rules(self) -> frozenset[str]:
        return rules_passed_by(self.user)

    @property
    def _current(self) -> _Page:
        return self._page_of(self.query.page)

    def _page_of(self, page: int) -> _Page:
        if page not in self._windows:
            query = self._expanded.on_page(page)
            answer = engines.search(query, self._rules)
            chosen = promotions.promoted(query)
            self._windows[page] = self._authorized_page(answer, chosen)
        return self._windows[page]

    def _authorized_page(
        self, answer: engines.Answer, chosen: Sequence[promotions.Promotion]
    ) -> _Page:
        """Authorize matches and promoted pages with one query."""
        keys = {
            each: engines.ItemKey("page", each.page) for each in chosen if each.page
        }
        matched = {match.key for match in answer.matches}
        beside = [engines.Match(key) for key in keys.values() if key not in matched]
        shown = self._authorized([*answer.matches, *beside])
        hits = (shown.get(match.key) for match in answer.matches)
        promoted = (
            Promoted(each, shown.get(keys[each]) if each in keys else None)
            for each in chosen
            if each not in keys or keys[each] in shown
        )
        return _Page(answer, tuple(filter(None, hits)), tuple(promoted))

    def _between(self, start: int, stop: int) -> Iterator[Hit]:
        """Yield hits by position.

        A page from which hits were dropped is short, not refilled.
        """
        size = self.query.per_page
        for page in range(start // size + 1, (max(stop, 1) - 1) // size + 2):
            first = (page - 1) * size
            yield from self._page_of(page).hits[max(0, start - first) : stop - first]

    def _authorized(
        self, matches: Sequence[engines.Match]
    ) -> dict[engines.ItemKey, Hit]:
        """Return the visible matches with their highlighted text, using one query."""
        if not matches:
            return {}
        found = self._passages(matches)
        marker = Marker(self._expanded.terms)
        return {
            match.key: build_hit(passages, match.places, marker)
            for match in matches
            if (passages := found.get(match.key))
        }

    def _passages(
        self, matches: Sequence[engines.Match]
    ) -> dict[engines.ItemKey, list[Passage]]:
        """Return the card and the best passages of each visible match."""
        seen = reduce(or_, (self._seen(each, matches) for each in registry.sources()))
        places = {CARD, *(place for match in matches for place in match.places)}
        rows = (
            Passage.objects.alias(at=F("id") - F("item_id") * (1 << POSITION_BITS))
            .filter(seen, item__generation=IndexState.served(), at__in=places)
            .select_related("item")
            .order_by("pk")
        )
        found: dict[engines.ItemKey, list[Passage]] = defaultdict(list)
        for each in rows:
            found[engines.ItemKey(each.item.source, each.item.object_id)].append(each)
        return found

    def _seen(self, source: registry.Source, matches: Sequence[engines.Match]) -> Q:
        """Return the condition for the visible matches of one source."""
        keys = [m.key.object_id for m in matches if m.key.source == source.name]
        if not keys:
            return Q(pk__in=())
        rows = source.visible_to(self.user).filter(pk=OuterRef("item__object_id"))
        return Q(Exists(rows), item__source=source.name, item__object_id__in=keys)


def _bounds(wanted: slice | int) -> tuple[int | None, int | None]:
    if isinstance(wanted, slice):
        return wanted.start, wanted.stop
    return wanted, wanted + 1
