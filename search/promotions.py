"""What editors want people to find first, by the words that they search for."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.core.cache import cache
from wagtail.contrib.search_promotions.models import SearchPromotion

from .analysis import fold
from .query import Query

#: Where the promotions are kept.
PROMOTIONS = "search.promotions"


@dataclass(frozen=True, slots=True)
class Promotion:
    """A page of ours, or an address elsewhere with its words; why it is shown, if said."""

    page: int | None
    url: str
    title: str
    why: str

    @property
    def place(self) -> str:
        """The name of the other site; empty for a page of ours."""
        return urlsplit(self.url).hostname or ""


def promoted(query: Query) -> Sequence[Promotion]:
    """What was promoted for exactly these words, whatever their case, accents and signs.

    Only beside a plain question: whoever filters or turns pages, has gone on.
    """
    plain = not query.filters and query.before is None and query.after is None
    if query.page > 1 or not plain:
        return ()
    return _all_promotions().get(query.title_key, ())


def _all_promotions() -> Mapping[str, Sequence[Promotion]]:
    """All promotions by their folded words: there are few, and they seldom change. Kept for
    a minute, and forgotten by this process as soon as one changes."""
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
