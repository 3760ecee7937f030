"""The navigation of every page: the doors, the links of the footer, the way home.

The pages right below the home page are cached for a minute for each site of Wagtail, not for
each Host header, which a stranger chooses; which of them a user may see is decided again for
each request.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.core.cache import cache
from django.db import transaction
from wagtail.models import Site

from pages.models import BasePage, StandardPage
from people.access import access_of

if TYPE_CHECKING:
    from people.querysets import Viewer

DOORS = ("learn", "library", "write", "people")
# Slugs of the page that the land acknowledgement links to.
LAND_SLUGS = ("whose-land-are-you-on", "whose-land", "land")
# Slugs of the page that says whom to contact; the first that exists.
CONTACT_SLUGS = ("contact", "contact-us", "about", "about-us")
CACHE_KEY = "home.navigation"
CACHE_SECONDS = 60


@dataclass
class Navigation:
    """The pages right below the home page that a user may see."""

    home: Any = None
    doors: list[BasePage] = field(default_factory=list)
    links: list[BasePage] = field(default_factory=list)
    land: BasePage | None = None

    @property
    def home_url(self) -> str:
        """The URL of the home page, also where there is none yet."""
        return (self.home.url if self.home else None) or "/"

    @property
    def contact(self) -> BasePage | None:
        """The page that says whom to contact; None where there is none."""
        by_slug = {page.slug: page for page in self.links}
        return next((by_slug[slug] for slug in CONTACT_SLUGS if slug in by_slug), None)


def navigation_for(request: Any, user: "Viewer") -> Navigation:
    """Return the navigation of the request's site as the user may see it now.

    While the cache holds, the only query besides those for the user's rights is for the
    site, and none if Wagtail has found it for the request already.
    """
    home, pages = _cached_pages(request)
    access = access_of(user)
    return _arrange(home, [page for page in pages if access.may_see_page(page)])


def clear_navigation_cache() -> None:
    """Clear the cached pages now, and again once the change is committed.

    Another process may have cached the old pages in between.
    """
    cache.delete(CACHE_KEY)
    transaction.on_commit(lambda: cache.delete(CACHE_KEY))


def _cached_pages(request: Any) -> tuple[Any, list[BasePage]]:
    """Return the site's home page and all live pages right below it, private ones too."""
    site = Site.find_for_request(request)
    if site is None:
        return None, []
    sites: dict[int, tuple[Any, list[BasePage]]] = cache.get(CACHE_KEY) or {}
    if site.pk not in sites:
        sites = {**sites, site.pk: (site.root_page, _live_below(site.root_page))}
        cache.set(CACHE_KEY, sites, CACHE_SECONDS)
    return sites[site.pk]


def _live_below(home: Any) -> list[BasePage]:
    pages = BasePage.objects.child_of(home).filter(live=True).order_by("path")
    return list(pages.select_related("content_type"))


def _arrange(home: Any, pages: Iterable[BasePage]) -> Navigation:
    """Sort pages into doors and links; the first page of each door is the door."""
    navigation = Navigation(home)
    by_door: dict[str, Any] = {}
    for page in pages:
        model: Any = page.specific_class
        if model is StandardPage and page.slug in LAND_SLUGS:
            navigation.land = page
        elif model is StandardPage:
            navigation.links.append(page)
        elif model is not None and model.door in DOORS:
            page.door = model.door
            by_door.setdefault(model.door, page)
    navigation.doors = [by_door[door] for door in DOORS if door in by_door]
    return navigation
