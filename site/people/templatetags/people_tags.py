"""What pages show of people: the tabs of one's own pages, the way to a group's people."""

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
    """One of the pages of an account."""

    url: str
    label: str
    current: bool


@register.simple_tag
def account_tabs(here: str) -> list[Tab]:
    """The pages of one's account; the one that is open is marked."""
    pages = (
        ("overview", "people:account", _("Your page")),
        ("profile", "people:profile", _("Profile")),
        ("security", "people:security", _("Sign-in and security")),
        ("data", "people:data", _("Your data")),
    )
    return [Tab(reverse(name), label, key == here) for key, name, label in pages]


@register.simple_tag(takes_context=True)
def leads_group(context: "RequestContext", group: WorkingGroup) -> bool:
    """Whether the reader leads the working group, or looks after all; not of a closed one."""
    user: Any = context["request"].user
    mine = WorkingGroup.objects.active().led_by(user)
    return mine.filter(pk=group.pk).exists()


SYSTEMS = ("Android", "iPhone", "iPad", "Windows", "Macintosh", "Linux")
BROWSERS = ("Firefox", "Edg", "OPR", "Chrome", "Safari")
CALLED = {"Macintosh": "Mac", "Edg": "Edge", "OPR": "Opera"}


@register.filter
def browser(user_agent: str) -> str:
    """“Firefox, Android”: as much of a browser's long name as a person recognizes."""
    found = [
        next((x for x in names if x in user_agent), "") for names in (BROWSERS, SYSTEMS)
    ]
    words = [CALLED.get(word, word) for word in found if word]
    return ", ".join(words) or _("A device")
