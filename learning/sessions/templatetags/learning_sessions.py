"""Sessions and their dates in templates."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import template

from learning.sessions import registry
from learning.sessions.models import Occurrence, SessionPage

if TYPE_CHECKING:
    from django.template.context import RequestContext

register = template.Library()


@dataclass(frozen=True)
class Dates:
    """The dates of a session, and what those that take place have in common."""

    rows: list[Occurrence]

    @property
    def place(self) -> str:
        """Where all of them take place; empty if that differs, or there is none."""
        return self._shared("where")

    @property
    def recorded(self) -> str:
        """Whether they are recorded; empty if that differs, or there is none."""
        return self._shared("recorded")

    @property
    def over(self) -> bool:
        """Whether all of them are over."""
        return all(each.over for each in self.rows)

    def _shared(self, name: str) -> str:
        held = [each for each in self.rows if not each.cancelled] or self.rows
        values = {str(getattr(each, name)) for each in held}
        return values.pop() if len(values) == 1 else ""


@register.simple_tag
def session_dates(session: SessionPage) -> Dates:
    """Return all dates of a session in order of time. One query."""
    return Dates(session.dates)


@register.simple_tag(takes_context=True)
def session_sections(
    context: "RequestContext", session: SessionPage
) -> list[dict[str, Any]]:
    """Return what other apps show on the page of a session, for the user."""
    user: Any = context["request"].user
    found = (
        (each.template, each.values(session, user))
        for each in registry.session_sections()
    )
    return [
        {"template": template_name, "values": values}
        for template_name, values in found
        if values is not None
    ]
