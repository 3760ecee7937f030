"""The recordings of a session, on its page."""

from typing import TYPE_CHECKING, Any

from learning.sessions.registry import SessionSection, register_session_section

if TYPE_CHECKING:
    from learning.sessions.models import SessionPage
    from people.querysets import Viewer


def register() -> None:
    """Show the recordings of a session below its text."""
    register_session_section(
        SessionSection(
            name="recordings",
            template="learning/recordings/session_section.html",
            values=_values,
        )
    )


def _values(session: "SessionPage", viewer: "Viewer") -> dict[str, Any] | None:
    """Return the recordings that the viewer may see. One query; none before it is saved."""
    if session.pk is None:
        return None
    related: Any = session
    visible = related.recordings.all().visible_to(viewer).order_by("-dated")
    recordings = list(visible)
    return {"recordings": recordings} if recordings else None
