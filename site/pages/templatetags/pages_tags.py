"""Tags for the frame of a page: breadcrumbs, successor, tabs of an index."""

from typing import TYPE_CHECKING, Any

from django import template
from django.utils.translation import gettext as _

from pages.models import BasePage
from people.access import access_of

if TYPE_CHECKING:
    from django.template.context import Context

register = template.Library()


@register.inclusion_tag("components/crumbs.html", takes_context=True)
def crumbs(context: "Context", *, inclusive: bool = False) -> dict[str, Any]:
    """List the pages above this one, from the home page down; with it if `inclusive`.

    Above a view that is not a page are the home page and the index page of its door.
    """
    page = context.get("page")
    if page is None:
        return {"crumbs": _way_to_door(context)}
    if page.depth <= 2:  # noqa: PLR2004
        return {"crumbs": []}
    above = (
        page.get_ancestors(inclusive=inclusive).filter(depth__gt=1).order_by("depth")
    )
    lines = [{"url": each.url, "label": each.title} for each in above]
    lines[0]["label"] = _("Home")
    return {"crumbs": lines}


def _way_to_door(context: "Context") -> list[dict[str, Any]]:
    """Return nothing for a view without a door, or where the user may not see it."""
    navigation = getattr(context.get("request"), "navigation", None)
    if navigation is None:
        return []
    above = [each for each in navigation.doors if each.door == context.get("door")]
    if not above:
        return []
    home = {"url": navigation.home_url, "label": _("Home")}
    return [home, *({"url": each.url, "label": each.title} for each in above)]


@register.simple_tag(takes_context=True)
def successor(context: "Context") -> Any:
    """Return the page that replaced this one, if the user may see it."""
    newer = getattr(context.get("page"), "superseded_by_id", None)
    if newer is None:
        return None
    seen = BasePage.objects.visible_to(context["request"].user)
    return seen.filter(pk=newer).first()


@register.simple_tag(takes_context=True)
def index_tabs(context: "Context", page: Any) -> list[dict[str, Any]]:
    """Return the tabs of a door: everything, then each index page below it."""
    top = page
    while (above := top.get_parent().specific_deferred) and getattr(
        above, "listed_kinds", None
    ):
        top = above
    user = context["request"].user
    below = BasePage.objects.child_of(top).visible_to(user).order_by("path")
    indexes = below.filter(content_type=page.cached_content_type)
    if not indexes:
        return []
    tabs = [{"url": top.url, "label": _("Everything"), "current": top.pk == page.pk}]
    return tabs + [
        {"url": each.url, "label": each.title, "current": each.pk == page.pk}
        for each in indexes
    ]


@register.simple_tag(takes_context=True)
def shown_collections(context: "Context", collections: Any) -> Any:
    """Return (key, indented name) of the collections that the CMS shows to the user."""
    access = access_of(context["request"].user)
    return collections.filter(access.cms_collection_q).get_indented_choices()
