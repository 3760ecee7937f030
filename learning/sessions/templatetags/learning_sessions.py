"""What other pages show of sessions."""

from typing import TYPE_CHECKING, Any

from django import template
from django.utils import timezone

from learning.sessions.models import SessionPage

if TYPE_CHECKING:
    from django.template.context import RequestContext

register = template.Library()


@register.simple_tag(takes_context=True)
def coming_sessions(context: "RequestContext", limit: int = 3) -> list[SessionPage]:
    """The next sessions that the reader may see, the nearest first. One query."""
    user: Any = context["request"].user
    return list(SessionPage.objects.visible_to(user).coming()[:limit])


@register.simple_tag(takes_context=True)
def sessions_this_year(context: "RequestContext") -> int:
    """How many sessions the reader may see in this calendar year. One query."""
    user: Any = context["request"].user
    year = timezone.localdate().year
    return SessionPage.objects.visible_to(user).in_year(year).count()
