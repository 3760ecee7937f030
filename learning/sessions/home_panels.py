"""What this app registers for the home page, and for a person's own page."""

from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import ngettext

from pages.registry import (
    DoorFigure,
    HomeArea,
    HomePanel,
    annotate_for,
    register_door_figure,
    register_home_panel,
)
from people.registry import AccountPanel, register_account_panel

from .models import SessionPage

if TYPE_CHECKING:
    from people.querysets import Viewer


def coming_sessions(viewer: "Viewer", limit: int = 3) -> list[SessionPage]:
    """Return the next sessions that the viewer may see, the nearest first. One query."""
    sessions = SessionPage.objects.visible_to(viewer).coming()
    return annotate_for(viewer, sessions.select_related("listed_occurrence")[:limit])


def next_session(viewer: "Viewer") -> dict[str, Any]:
    """Return the next session and the three after it, for members."""
    sessions = coming_sessions(viewer, 4)
    return {"session": sessions[0] if sessions else None, "later": sessions[1:]}


def coming_up(viewer: "Viewer") -> dict[str, Any]:
    """Return the next three sessions."""
    return {"sessions": coming_sessions(viewer)}


def count_this_year(viewer: "Viewer") -> int:
    """Count the sessions of this calendar year that the viewer may see. One query."""
    year = timezone.localdate().year
    return SessionPage.objects.visible_to(viewer).in_calendar_year(year).count()


def register() -> None:
    """Register the panels, and the figure of the Learn door."""
    for panel in _PANELS:
        register_home_panel(panel)
    register_door_figure(_FIGURE)
    register_account_panel(_ACCOUNT_PANEL)


_PANELS = (
    HomePanel(
        name="sessions.next",
        area=HomeArea.MEMBERS_MAIN,
        order=100,
        template="learning/sessions/next_session_panel.html",
        values=next_session,
    ),
    HomePanel(
        name="sessions.coming",
        area=HomeArea.VISITORS,
        order=100,
        template="learning/sessions/coming_panel.html",
        values=coming_up,
    ),
)
_ACCOUNT_PANEL = AccountPanel(
    name="sessions.coming",
    order=100,
    template="learning/sessions/account_panel.html",
    values=coming_up,
)
_FIGURE = DoorFigure(
    door="learn",
    count=count_this_year,
    unit=lambda n: ngettext("session this year", "sessions this year", n),
)
