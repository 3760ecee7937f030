"""What apps register for the pages of the site.

Home panels, figures of the doors, things that wait for a person, and annotations of
listing rows. An app registers in `AppConfig.ready`, so that this app and the home page
never name an app of a higher layer::

    registry.register_home_panel(HomePanel(name="newest", ...))
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from django.core.exceptions import ImproperlyConfigured

if TYPE_CHECKING:
    import datetime as dt

    from django.db.models import QuerySet

    from people.querysets import Viewer

Row = TypeVar("Row", bound=Any)
#: Takes rows of one page type and the viewer; returns values by primary key, for any
#: number of rows in the same number of queries.
Annotator: TypeAlias = "Callable[[Sequence[Any], Viewer], Mapping[int, Any]]"


class HomeArea(Enum):
    """A place on the home page for panels, and who sees it."""

    VISITORS = "visitors"
    MEMBERS_MAIN = "members-main"
    MEMBERS_ASIDE = "members-aside"


@dataclass(frozen=True, kw_only=True)
class HomePanel:
    """A box on the home page.

    `values` returns what the template gets as `panel`, or None where the panel does not
    appear for the viewer.
    """

    name: str
    area: HomeArea
    order: int
    template: str
    values: "Callable[[Viewer], dict[str, Any] | None]"


@dataclass(frozen=True, kw_only=True)
class DoorFigure:
    """The figure of a door on the visitor's home page.

    `count` returns how many the viewer may see; `unit` names what is counted.
    """

    door: str
    count: "Callable[[Viewer], int]"
    unit: Callable[[int], str]


@dataclass(frozen=True, kw_only=True)
class WaitingItem:
    """One thing that waits, with the URL where it is done.

    `label` says what kind of thing it is, `note` when it is due; without a note the list
    shows `since`.
    """

    title: str
    url: str
    label: str = ""
    note: str = ""
    since: "dt.datetime | None" = None


@dataclass(frozen=True, kw_only=True)
class WaitingList:
    """Things that wait for a person, listed on the first page of the CMS.

    `rows` returns them for a user, the most urgent first; `item` describes one of them
    without a query. `on_home` lists them on the home page too.
    """

    name: str
    title: Any
    hint: Any
    order: int
    rows: "Callable[[Viewer], QuerySet[Any]]"
    item: Callable[[Any], WaitingItem]
    on_home: bool = False


@dataclass
class _Registered:
    panels: dict[str, HomePanel] = field(default_factory=dict)
    figures: dict[str, DoorFigure] = field(default_factory=dict)
    waiting: dict[str, WaitingList] = field(default_factory=dict)
    annotators: dict[type, dict[str, Annotator]] = field(
        default_factory=lambda: defaultdict(dict)
    )


_registered = _Registered()


def register_home_panel(panel: HomePanel) -> None:
    """Show the panel on the home page.

    Raise ImproperlyConfigured where another panel has the same name; so do the other
    functions of this module.
    """
    _add(_registered.panels, panel.name, panel)


def register_door_figure(figure: DoorFigure) -> None:
    """Show the figure on its door."""
    _add(_registered.figures, figure.door, figure)


def register_waiting_list(waiting: WaitingList) -> None:
    """Show the list to everybody for whom it has rows."""
    _add(_registered.waiting, waiting.name, waiting)


def register_row_annotation(name: str, *, page_type: type, annotate: Annotator) -> None:
    """Give listing rows of exactly this page type a value: `page.annotations[name]`."""
    _add(_registered.annotators[page_type], name, annotate)


def _add(registered: dict[str, Any], name: str, what: Any) -> None:
    if registered.setdefault(name, what) != what:
        msg = f"“{name}” is registered twice: {registered[name]} and {what}."
        raise ImproperlyConfigured(msg)


def home_panels(area: HomeArea) -> list[HomePanel]:
    """Return the panels of an area in their order."""
    found = [panel for panel in _registered.panels.values() if panel.area == area]
    return sorted(found, key=lambda panel: panel.order)


def door_figures() -> Mapping[str, DoorFigure]:
    """Return the figures by door."""
    return _registered.figures


def waiting_lists(*, on_home: bool = False) -> list[WaitingList]:
    """Return the lists in their order: all, or those of the home page."""
    found = [
        each for each in _registered.waiting.values() if each.on_home or not on_home
    ]
    return sorted(found, key=lambda each: each.order)


def annotate_for(viewer: "Viewer", rows: "Iterable[Row]") -> list[Row]:
    """Set `annotations` on rows as this viewer sees them, and return the rows.

    Each annotator runs once for all rows of its page type, and not at all without any.
    """
    annotated = list(rows)
    by_type: dict[type, list[Row]] = defaultdict(list)
    for row in annotated:
        by_type[type(row)].append(row)
    for page_type, alike in by_type.items():
        found = {
            name: annotate(alike, viewer)
            for name, annotate in _registered.annotators.get(page_type, {}).items()
        }
        for row in alike:
            row.annotations = {
                name: values[row.pk]
                for name, values in found.items()
                if row.pk in values
            }
    return annotated
