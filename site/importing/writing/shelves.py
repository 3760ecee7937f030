"""The index pages below which imported pages are created."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from home.models import HomePage
from knowledge.library.models import LibraryIndex
from learning.catalogue.models import LearningIndex
from pages.models import BasePage, WorkingGroupIndex


@dataclass(frozen=True)
class Shelf:
    """An index page: its type, parent, slug and title."""

    model: type[BasePage]
    above: str
    slug: str
    title: str


def _shelves() -> dict[str, Shelf]:
    return {
        "learn": Shelf(LearningIndex, "", "learn", _("Learn")),
        "library": Shelf(LibraryIndex, "", "library", _("Library")),
        "groups": Shelf(WorkingGroupIndex, "", "write", _("Write together")),
        "sessions": Shelf(LearningIndex, "learn", "sessions", _("Sessions")),
        "recordings": Shelf(LearningIndex, "learn", "recordings", _("Recordings")),
        "guides": Shelf(LibraryIndex, "library", "guides", _("Guides")),
        "articles": Shelf(LibraryIndex, "library", "articles", _("Articles")),
        "resources": Shelf(LibraryIndex, "library", "resources", _("Resources")),
        "services": Shelf(LibraryIndex, "library", "services", _("Services")),
        "pages": Shelf(LibraryIndex, "library", "pages", _("Pages")),
        "archive": Shelf(LibraryIndex, "library", "archive", _("Archive")),
    }


@transaction.atomic
def open_shelves(wanted: set[str]) -> dict[str, Page]:
    """Return the index pages, creating those that are missing; doors are not changed."""
    plans = _shelves()
    home = _home()
    found: dict[str, Page] = {}

    def open_(key: str) -> Page:
        if key not in found:
            shelf = plans[key]
            above = open_(shelf.above) if shelf.above else home
            found[key] = _find(shelf, above) or _make(shelf, above)
        return found[key]

    for key in sorted(wanted):
        open_(key)
    return found


def _home() -> Page:
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    root = site.root_page if site else Page.get_first_root_node()
    home = root.specific
    if isinstance(home, HomePage) or site is None:
        return home
    below = HomePage.objects.descendant_of(root).first()
    return below or home


def _find(shelf: Shelf, above: Page) -> Page | None:
    every: Any = shelf.model._default_manager
    pages = every.child_of(above)
    if not shelf.above:
        return pages.order_by("path").first()
    return pages.filter(slug=shelf.slug).first()


def _make(shelf: Shelf, above: Page) -> Page:
    page = shelf.model(title=shelf.title, slug=_free(shelf.slug, above))
    above.add_child(instance=page)
    page.save_revision().publish()
    above.refresh_from_db()
    return page


def _free(slug: str, above: Page) -> str:
    taken = set(above.get_children().values_list("slug", flat=True))
    return slug if slug not in taken else f"{slug}-imported"
