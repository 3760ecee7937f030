"""Promoted results: pages and links that editors show first for certain queries."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.core.cache import cache
from wagtail.contrib.search_promotions.models import SearchPromotion

from .analysis import fold
from .query import Query

#: Cache key of the promotions.
PROMOTIONS = "search.promotions"


@dataclass(frozen=True, slots=True)
class Promotion:
    """A page of this site or an external link, with an optional explanation."""

    page: int | None
    url: str
    title: str
    why: str

    @property
    def place(self) -> str:
        """Host name of an external link; empty for a page of this site."""
        return urlsplit(self.url).hostname or ""


def promoted(query: Query) -> Sequence[Promotion]:
    """Return what is promoted for exactly these words, ignoring case, accents and punctuation.

    Only the first page of an unfiltered query shows promoted results.
    """
    plain = not query.filters and query.before is None and query.after is None
    if query.page > 1 or not plain:
        return ()
    return _all_promotions().get(query.title_key, ())


def _all_promotions() -> Mapping[str, Sequence[Promotion]]:
    """Return all promotions by their folded words.

    Cached for a minute; this process clears the cache when a promotion changes.
    """
    cached: Mapping[str, Sequence[Promotion]] | None = cache.get(PROMOTIONS)
    if cached is None:
        cached = _read()
        cache.set(PROMOTIONS, cached, 60)
    return cached


def _read() -> dict[str, list[Promotion]]:
    found: dict[str, list[Promotion]] = defaultdict(list)
    rows = SearchPromotion.objects.select_related("query").order_by("sort_order", "pk")
    for row in rows:
        found[fold(row.query.query_string)].append(
            Promotion(
                page=row.page_id,
                url=row.external_link_url,
                title=row.external_link_text or "",
                why=row.description,
            )
        )
    return dict(found)
