"""What stands on every page: the four doors, the links of the footer, the way back."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django import template
from wagtail.models import Site

from everydoor.pages.models import BasePage, StandardPage

if TYPE_CHECKING:
    from django.template.context import Context

register = template.Library()

DOORS = ("learn", "library", "write", "people")
# The page that the acknowledgement of the land leads to, by its slug.
LAND = ("whose-land-are-you-on", "whose-land", "land")


@dataclass
class Surroundings:
    """The pages right below the home page that the person may see."""

    home: Any = None
    doors: list[Any] = field(default_factory=list)
    links: list[Any] = field(default_factory=list)
    land: Any = None


def _below_home(home: Any, user: Any) -> Surroundings:
    around = Surroundings(home)
    by_door: dict[str, list[Any]] = defaultdict(list)
    pages = BasePage.objects.child_of(home).visible_to(user).order_by("path")
    for page in pages.select_related("content_type"):
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
    """Read once for a request: one query for the pages, at most two for the site.

    The doors are the first page of each door below the home page; the links are its
    standard pages in the order of the tree. What does not exist gets no link.
    """
    kept = getattr(request, "_surroundings", None)
    if kept is None:
        site = Site.find_for_request(request)
        home = site.root_page if site else None
        kept = _below_home(home, request.user) if home else Surroundings()
        request._surroundings = kept
    return kept


@register.inclusion_tag("pages/doors.html", takes_context=True)
def doors(context: "Context") -> dict[str, Any]:
    """The four doors of the masthead; the one that the page stands behind is marked."""
    around = surroundings(context["request"])
    return {"doors": around.doors, "here": context.get("door", "")}


@register.inclusion_tag("pages/footer_links.html", takes_context=True)
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


@register.inclusion_tag("components/crumbs.html", takes_context=True)
def crumbs(context: "Context") -> dict[str, Any]:
    """The pages above this one, from the home page down."""
    page = context.get("page")
    if page is None or page.depth <= 2:  # noqa: PLR2004
        return {"crumbs": []}
    above = page.get_ancestors().filter(depth__gt=1).order_by("depth")
    return {"crumbs": [{"url": each.url, "label": each.title} for each in above]}
