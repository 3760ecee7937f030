"""Facets with their counts, as shown beside the results."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from files.models import Language
from pages.models import TopicTree

from . import registry
from .engines import Count

FACETS = {
    "kind": _("Kind"),
    "topic": _("Topic"),
    "audience": _("Made for"),
    "year": _("Year"),
    "group": _("Working group"),
    "language": _("Language"),
    "type": _("Type of file"),
}
#: Number of values shown for each facet; selected ones are always shown.
_MAX_CHOICES = 8


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet, shown as a checkbox."""

    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class FacetCounts:
    """A facet with its values, most frequent first; selected values are always included."""

    name: str
    label: Any
    choices: tuple[Choice, ...]


def facet_counts(
    filters: Mapping[str, Sequence[str]],
    counts: Mapping[str, Sequence[Count]],
    topics: TopicTree,
) -> list[FacetCounts]:
    """Return the facets that help to narrow the results.

    These have at least two values or a selected one.
    """
    made = [
        _facet(name, filters.get(name, ()), counts.get(name, ()), topics)
        for name in FACETS
    ]
    return [
        facet
        for facet in made
        if len(facet.choices) > 1 or any(c.chosen for c in facet.choices)
    ]


def _facet(
    name: str, chosen: Sequence[str], counts: Sequence[Count], topics: TopicTree
) -> FacetCounts:
    labels = {each.value: each.label for each in counts}
    numbers = {each.value: each.count for each in counts}
    choices = [
        Choice(
            value=value,
            label=labels.get(value) or _label(name, value, topics),
            count=numbers.get(value, 0),
            chosen=value in chosen,
        )
        for value in dict.fromkeys([*labels, *chosen])
    ]
    return FacetCounts(name, FACETS[name], tuple(_sorted_choices(name, choices)))


def _label(name: str, value: str, topics: TopicTree) -> str:
    """Return the label of a selected value that no result has."""
    known: Mapping[str, Any] = {}
    if name == "topic":
        known = {slug: topic.name for slug, topic in topics.by_slug.items()}
    elif name == "kind":
        known = registry.kind_labels()
    elif name == "language":
        known = dict(Language.choices)
    return str(known.get(value, value))


def _sorted_choices(name: str, choices: list[Choice]) -> list[Choice]:
    if name == "year":
        choices.sort(key=lambda each: each.value, reverse=True)
    else:
        choices.sort(key=lambda each: (-each.count, each.label))
    return [c for i, c in enumerate(choices) if i < _MAX_CHOICES or c.chosen]
