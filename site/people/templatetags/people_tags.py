"""Template tags and filters about accounts and working groups."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _

from people.models import WorkingGroup

if TYPE_CHECKING:
    from django.template.context import RequestContext

register = template.Library()


@dataclass(frozen=True)
class Tab:
    """A tab of the account pages."""

    url: str
    label: str
    current: bool


@register.simple_tag
def account_tabs(here: str) -> list[Tab]:
    """Return the tabs of the account pages, the current one marked."""
    pages = (
        ("overview", "people:account", _("Your page")),
        ("profile", "people:profile", _("Profile")),
        ("security", "people:security", _("Sign-in and security")),
        ("data", "people:data", _("Your data")),
    )
    return [Tab(reverse(name), label, key == here) for key, name, label in pages]


@register.simple_tag(takes_context=True)
def leads_group(context: "RequestContext", group: WorkingGroup) -> bool:
    """Return whether the user may manage the members of an active working group."""
    user: Any = context["request"].user
    mine = WorkingGroup.objects.active().led_by(user)
    return mine.filter(pk=group.pk).exists()


SYSTEMS = ("Android", "iPhone", "iPad", "Windows", "Macintosh", "Linux")
BROWSERS = ("Firefox", "Edg", "OPR", "Chrome", "Safari")
SHOWN_AS = {"Macintosh": "Mac", "Edg": "Edge", "OPR": "Opera"}


@register.filter
def browser(user_agent: str) -> str:
    """Return browser and system of a user agent, for instance “Firefox, Android”."""
    found = [
        next((x for x in names if x in user_agent), "") for names in (BROWSERS, SYSTEMS)
    ]
    words = [SHOWN_AS.get(word, word) for word in found if word]
    return ", ".join(words) or _("A device")
