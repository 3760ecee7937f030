"""A hit as it is shown: an item with its best places, its words marked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from pages.models import Plate

from .marking import Marker
from .models import IndexedItem, Passage

if TYPE_CHECKING:
    from .passages import Place

#: Places of an item that a result shows.
PLACES_SHOWN = 3


@dataclass(frozen=True, slots=True)
class PassageHit:
    """A place in an item where the words stand."""

    where: str
    url: str
    text: SafeString


@dataclass(frozen=True, slots=True)
class Hit:
    """One item, with its best places."""

    kind: str
    door: str
    eyebrow: str
    title: str
    url: str
    plate: Plate | None
    date: date | None
    #: What the item says of itself, with the words marked.
    summary: SafeString
    #: Something newer was published in its place.
    superseded: bool = False
    passages: tuple[PassageHit, ...] = ()


def hit_of(passages: Sequence[Passage], places: Sequence[int], marker: Marker) -> Hit:
    """The item of the passages, its card among them, with its best `places`."""
    item = passages[0].item
    return Hit(
        kind=item.kind,
        door=item.door,
        eyebrow=item.eyebrow,
        title=item.title,
        url=item.path,
        plate=_plate(item),
        date=item.date,
        summary=marker.mark_all(item.summary, item.language),
        superseded=item.superseded,
        passages=tuple(
            PassageHit(
                where=each.where.label or _("Beginning"),
                url=item.path + each.where.suffix,
                text=_words(each, item.language, marker),
            )
            for each in _best_places(passages, places)
        ),
    )


def _best_places(passages: Sequence[Passage], places: Sequence[int]) -> list[Passage]:
    """The best passage of each place, three at most, as they stand in the item."""
    by_position = {each.position: each for each in passages}
    best: dict[Place, Passage] = {}
    for each in (by_position[place] for place in places if place in by_position):
        best.setdefault(each.where, each)
    return sorted(list(best.values())[:PLACES_SHOWN], key=lambda each: each.position)


def _words(passage: Passage, language: str, marker: Marker) -> SafeString:
    """The text; its heading before it where the words stand there, or stand alone."""
    text = marker.excerpt(passage.text, language)
    if not passage.text or marker.matches(passage.heading, language):
        heading = marker.mark_all(passage.heading, language)
        return format_html("{}: {}", heading, text) if passage.text else heading
    return text


def _plate(item: IndexedItem) -> Plate | None:
    top, figure, foot = item.plate
    if not figure:
        return None
    past = item.past_after is not None and item.past_after < timezone.now()
    return Plate(top, figure, foot, past=past)
