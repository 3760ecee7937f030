"""What other pages show of sessions."""

from typing import TYPE_CHECKING

from django import template

from learning.sessions import home_panels

if TYPE_CHECKING:
    from django.template.context import RequestContext

    from learning.sessions.models import SessionPage

register = template.Library()


@register.simple_tag(takes_context=True)
def coming_sessions(context: "RequestContext", limit: int = 3) -> "list[SessionPage]":
    """Return the next sessions that the reader may see, the nearest first. One query."""
    return home_panels.coming_sessions(context["request"].user, limit)
