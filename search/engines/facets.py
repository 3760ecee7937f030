"""Storage and counting of facets.

Joining items and facets would cost more than the rest of a query. Each item therefore
stores the keys of its facets in its own row; the statement concatenates them and they
are counted here.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from search.models import IndexedItem, StoredFacet
from search.registry import Entry, FacetValue

from .base import Count

_Name = tuple[str, str]


def assign_facets(pairs: Sequence[tuple[IndexedItem, Entry]]) -> None:
    """Store the facets of the entries and assign their keys to the items.

    New facets are created and labels of existing ones updated.
    """
    known = _store({facet for _item, entry in pairs for facet in entry.facets})
    for item, entry in pairs:
        keys = {known[facet.name, facet.value] for facet in entry.facets}
        item.facet_ids = " ".join(map(str, sorted(keys)))


class FacetRow(NamedTuple):
    """A row of `ItemFacet`."""

    item_id: int
    facet_id: int


def facet_rows(items: Iterable[IndexedItem]) -> list[FacetRow]:
    """Return the rows used by filters, for items that were saved."""
    return [
        FacetRow(item.pk, int(key)) for item in items for key in item.facet_ids.split()
    ]


def count_facets(
    gathered: Iterable[tuple[int, str]],
    known: Mapping[int, tuple[str, str, str]],
    filters: Sequence[str],
) -> dict[str, tuple[Count, ...]]:
    """Count the items with each value of a facet, ignoring the facet's own filter.

    `gathered` holds pairs of a bit mask of failed filters (1 for the first, 2 for the
    second, 4 for the third) and the concatenated facet keys of the items that fail
    exactly these.
    """
    numbers: dict[str, Counter[int]] = defaultdict(Counter)
    for failed, keys in gathered:
        counts = Counter(map(int, keys.split()))
        for key, number in counts.items():
            name = known[key][0]
            if failed == 0 or _is_own(failed, name, filters):
                numbers[name][key] += number
    return {
        name: tuple(Count(known[key][1], known[key][2], n) for key, n in counts.items())
        for name, counts in numbers.items()
    }


def _is_own(failed: int, name: str, filters: Sequence[str]) -> bool:
    """Return whether the facet's own filter is the only one that failed."""
    return name in filters and failed == 1 << filters.index(name)


def _store(facets: Iterable[FacetValue]) -> dict[_Name, int]:
    """Create or update the facets; return their keys."""
    wanted = sorted(
        {(f.name, f.value): f for f in facets}.values(), key=lambda f: (f.name, f.value)
    )
    StoredFacet.objects.bulk_create(
        (StoredFacet(name=f.name, value=f.value, label=f.label) for f in wanted),
        update_conflicts=True,
        unique_fields=["name", "value"],
        update_fields=["label"],
    )
    rows = StoredFacet.objects.filter(
        name__in={f.name for f in wanted}, value__in={f.value for f in wanted}
    )
    return {
        (name, value): pk for pk, name, value in rows.values_list("pk", "name", "value")
    }
