"""Filters with their counts, as a person sees them."""

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
class FacetCounts:
    """A filter with its values, the fullest first, the chosen ones always among them."""

    name: str
    label: Any
    choices: tuple[Choice, ...]


def facets_of(
    filters: Mapping[str, Sequence[str]],
    counts: Mapping[str, Sequence[Count]],
    topics: TopicTree,
) -> list[FacetCounts]:
    """The filters that help: with two values at least, or with a chosen one."""
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
    return FacetCounts(name, FACETS[name], tuple(_fullest(name, choices)))


def _label(name: str, value: str, topics: TopicTree) -> str:
    """The name of a chosen value that nothing here has."""
    known: Mapping[str, Any] = {}
    if name == "topic":
        known = {slug: topic.name for slug, topic in topics.by_slug.items()}
    elif name == "kind":
        known = registry.kind_labels()
    elif name == "language":
        known = dict(Language.choices)
    return str(known.get(value, value))


def _fullest(name: str, choices: list[Choice]) -> list[Choice]:
    if name == "year":
        choices.sort(key=lambda each: each.value, reverse=True)
    else:
        choices.sort(key=lambda each: (-each.count, each.label))
    return [c for i, c in enumerate(choices) if i < _MOST_CHOICES or c.chosen]
