"""Hits as they are displayed: an item with its best passages and highlighted terms."""

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

#: Number of passages shown for each hit.
PLACES_SHOWN = 3


@dataclass(frozen=True, slots=True)
class PassageHit:
    """A passage of an item that contains terms of the query."""

    where: str
    url: str
    text: SafeString


@dataclass(frozen=True, slots=True)
class Hit:
    """One item with its best passages."""

    kind: str
    door: str
    eyebrow: str
    title: str
    url: str
    plate: Plate | None
    date: date | None
    #: Summary of the item, with highlighted terms.
    summary: SafeString
    #: Whether a newer item has replaced it.
    superseded: bool = False
    passages: tuple[PassageHit, ...] = ()


def build_hit(
    passages: Sequence[Passage], places: Sequence[int], marker: Marker
) -> Hit:
    """Build the hit of one item from its passages.

    `passages` must include the card; `places` are the positions of the best passages.
    """
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
                text=_excerpt(each, item.language, marker),
            )
            for each in _best_places(passages, places)
        ),
    )


def _best_places(passages: Sequence[Passage], places: Sequence[int]) -> list[Passage]:
    """Return the best passage of each place, at most three, in document order."""
    by_position = {each.position: each for each in passages}
    best: dict[Place, Passage] = {}
    for each in (by_position[place] for place in places if place in by_position):
        best.setdefault(each.where, each)
    return sorted(list(best.values())[:PLACES_SHOWN], key=lambda each: each.position)


def _excerpt(passage: Passage, language: str, marker: Marker) -> SafeString:
    """Return the passage's excerpt, preceded by its heading if that matches or stands alone."""
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
