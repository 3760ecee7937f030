"""What stands on every page: the four doors, the links of the footer, the way back."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django import template
from django.core.cache import cache
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Site, TaskState

from pages.models import (
    BasePage,
    Listing,
    ListingFilter,
    StandardPage,
    kinds,
)
from people.access import access_of
from people.models import Organization, WorkingGroup

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.template.context import Context

register = template.Library()

DOORS = ("learn", "library", "write", "people")
# The page that the acknowledgement of the land leads to, by its slug.
LAND = ("whose-land-are-you-on", "whose-land", "land")
# The page that says whom to write to, by its slug; the first that there is.
CONTACT = ("contact", "contact-us", "about", "about-us")
#: Where the pages below each home page are kept.
BELOW_HOME = "pages.below_home"


@dataclass
class Surroundings:
    """The pages right below the home page that the person may see."""

    home: Any = None
    doors: list[Any] = field(default_factory=list)
    links: list[Any] = field(default_factory=list)
    land: Any = None

    @property
    def contact(self) -> Any:
        """The page that says whom to write to; None where there is none."""
        by_slug = {page.slug: page for page in self.links}
        return next((by_slug[slug] for slug in CONTACT if slug in by_slug), None)


def forget_below_home() -> None:
    """A page right below a home page changed: it is read anew, and once more when the
    change is there for others."""
    cache.delete(BELOW_HOME)
    transaction.on_commit(lambda: cache.delete(BELOW_HOME))


def _kept(request: Any) -> tuple[Any, list[BasePage]]:
    """The home page of the site with the live pages right below it, whoever may see them.

    Kept for a minute for each host, and forgotten by this process as soon as one changes.
    """
    hosts: dict[str, tuple[Any, list[BasePage]]] = cache.get(BELOW_HOME) or {}
    host = request.get_host()
    if host not in hosts:
        site = Site.find_for_request(request)
        home = site.root_page if site else None
        hosts = {**hosts, host: (home, _live_below(home))}
        cache.set(BELOW_HOME, hosts, 60)
    return hosts[host]


def _live_below(home: Any) -> list[BasePage]:
    if home is None:
        return []
    pages = BasePage.objects.child_of(home).filter(live=True).order_by("path")
    return list(pages.select_related("content_type"))


def _below_home(home: Any, pages: "Iterable[BasePage]") -> Surroundings:
    around = Surroundings(home)
    by_door: dict[str, list[Any]] = defaultdict(list)
    for page in pages:
        model = page.specific_class
        if model is StandardPage and page.slug in LAND:
            around.land = page
        elif model is StandardPage:
            around.links.append(page)
        elif model is not None and model.door in DOORS:
            page.door = model.door
            by_door[model.door].append(page)
    around.doors = [by_door[door][0] for door in DOORS if by_door[door]]
    return around


def surroundings(request: Any) -> Surroundings:
    """What the person may see of it, as their rights are now; the pages are kept.

    The doors are the first page of each door below the home page; the links are its
    standard pages in the order of the tree. What does not exist gets no link.
    """
    kept = getattr(request, "_surroundings", None)
    if kept is None:
        home, pages = _kept(request)
        access = access_of(request.user)
        seen = [page for page in pages if access.may_see_page(page)]
        kept = _below_home(home, seen)
        request._surroundings = kept
    return kept


@register.simple_tag(takes_context=True)
def around(context: "Context") -> Surroundings:
    """The pages right below the home page that the reader may open."""
    return surroundings(context["request"])


@register.inclusion_tag("home/doors.html", takes_context=True)
def doors(context: "Context") -> dict[str, Any]:
    """The four doors of the masthead; the one that the page stands behind is marked."""
    around = surroundings(context["request"])
    return {"doors": around.doors, "here": context.get("door", "")}


@register.inclusion_tag("home/footer_links.html", takes_context=True)
def footer_links(context: "Context") -> dict[str, Any]:
    """The community's own pages: privacy, accessibility, agreement, about."""
    return {"links": surroundings(context["request"]).links}


@register.simple_tag(takes_context=True)
def land_page(context: "Context") -> Any:
    """The page about whose land one is on; None where there is none."""
    return surroundings(context["request"]).land


@register.simple_tag(takes_context=True)
def home_url(context: "Context") -> str:
    """The way home."""
    home = surroundings(context["request"]).home
    return (home.url if home else None) or "/"


@register.simple_tag(takes_context=True)
def hall(context: "Context", **figures: int) -> list[dict[str, Any]]:
    """The doors that exist, each with one true figure and what it counts."""
    units = {
        "learn": ngettext("session this year", "sessions this year", figures["learn"]),
        "library": ngettext("thing to use", "things to use", figures["library"]),
        "write": ngettext("written together", "written together", figures["write"]),
        "people": ngettext("service", "services", figures["people"]),
    }
    return [
        {
            "door": page.door,
            "url": page.url,
            "label": page.title,
            "figure": figures[page.door],
            "unit": units[page.door],
        }
        for page in surroundings(context["request"]).doors
    ]


def _behind(model: type[BasePage], door: str) -> bool:
    return model.kind is not None and model.kind.door == door


@register.simple_tag(takes_context=True)
def written_together(context: "Context") -> int:
    """How much of what the person may see was written by a working group. One query."""
    written = [each for each in kinds().values() if _behind(each, "library")]
    seen = BasePage.objects.visible_to(context["request"].user).listed()
    return seen.exact_type(*written).exclude(working_group=None).count()


@register.simple_tag(takes_context=True)
def services_count(context: "Context") -> int:
    """How many organizations the person may see. One query."""
    return Organization.objects.visible_to(context["request"].user).count()


@register.simple_tag(takes_context=True)
def newest(context: "Context", limit: int = 5) -> list[Any]:
    """The newest pages of any kind that the person may see. One query."""
    everything = Listing(
        pages=BasePage.objects.filter(dated__lte=timezone.localdate()),
        models=list(kinds().values()),
        wanted=ListingFilter(),
        viewer=context["request"].user,
    )
    return everything.first(limit)


@register.simple_tag(takes_context=True)
def own_groups(context: "Context") -> list[WorkingGroup]:
    """The working groups that the person belongs to, with their pages. One query."""
    groups = WorkingGroup.objects.active().of(context["request"].user)
    return list(groups.select_related("page"))


@register.simple_tag(takes_context=True)
def waiting_for(context: "Context") -> list[Any]:
    """Pages that wait for the person's review in the CMS."""
    user = context["request"].user
    if not user.is_staff:
        return []
    states = TaskState.objects.reviewable_by(user)
    return list(states.select_related("revision", "task").order_by("-started_at")[:5])


@register.simple_tag
def greeting() -> str:
    """Good morning, afternoon or evening, by the site's clock."""
    hour = timezone.localtime().hour
    if 4 <= hour < 12:  # noqa: PLR2004
        return _("Good morning")
    return _("Good afternoon") if 12 <= hour < 17 else _("Good evening")  # noqa: PLR2004
