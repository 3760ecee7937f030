"""What other apps register for the page of a session, from their `AppConfig.ready`."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ImproperlyConfigured

if TYPE_CHECKING:
    from collections.abc import Callable

    from people.querysets import Viewer

    from .models import SessionPage


@dataclass(frozen=True, kw_only=True)
class SessionSection:
    """A section below the text of a session.

    `values` returns what the template gets as `section`, or None if the section does not
    appear for the viewer.
    """

    name: str
    template: str
    values: "Callable[[SessionPage, Viewer], dict[str, Any] | None]"


_sections: dict[str, SessionSection] = {}


def register_session_section(section: SessionSection) -> None:
    """Show the section on the page of each session.

    Raises ImproperlyConfigured if another section has the name.
    """
    if _sections.setdefault(section.name, section) != section:
        raise ImproperlyConfigured(f"Two sections are called “{section.name}”.")


def session_sections() -> list[SessionSection]:
    """Return all sections, in the order in which they were registered."""
    return list(_sections.values())
