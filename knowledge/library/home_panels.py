"""What this app registers for the home page."""

from typing import TYPE_CHECKING, Any

from django.utils.translation import ngettext

from pages.models import BasePage, Listing, ListingFilter, kinds
from pages.registry import (
    DoorFigure,
    HomeArea,
    HomePanel,
    register_door_figure,
    register_home_panel,
)

from .models import LibraryIndex

if TYPE_CHECKING:
    from people.querysets import Viewer

NEWEST_SHOWN = 4


def newest(viewer: "Viewer") -> dict[str, Any]:
    """Return the newest items of the library that the viewer may see. One query."""
    return {"items": _library(viewer).first(NEWEST_SHOWN)}


def count_items(viewer: "Viewer") -> int:
    """Count the items of the library that the viewer may see. One query."""
    return _library(viewer).rows.count()


def _library(viewer: "Viewer") -> Listing:
    return Listing(
        pages=BasePage.objects.all(),
        models=[kinds()[key] for key in LibraryIndex.listed_kinds],
        wanted=ListingFilter(),
        viewer=viewer,
    )


def register() -> None:
    """Register the panel for visitors, and the figure of the Library door."""
    register_home_panel(
        HomePanel(
            name="library.newest",
            area=HomeArea.VISITORS,
            order=200,
            template="knowledge/library/newest_panel.html",
            values=newest,
        )
    )
    register_door_figure(
        DoorFigure(
            door="library",
            count=count_items,
            unit=lambda n: ngettext("thing to use", "things to use", n),
        )
    )
