"""What this app itself shows on the home page."""

from typing import TYPE_CHECKING, Any

from pages.registry import HomeArea, HomePanel, register_home_panel

if TYPE_CHECKING:
    from people.querysets import Viewer


def nothing_needed(viewer: "Viewer") -> dict[str, Any]:
    """Return no values: the panel is the same for everybody."""
    return {}


def register() -> None:
    """Register the panel that leads to topics and search."""
    register_home_panel(
        HomePanel(
            name="home.find",
            area=HomeArea.MEMBERS_ASIDE,
            order=300,
            template="home/find_panel.html",
            values=nothing_needed,
        )
    )
