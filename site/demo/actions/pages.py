"""The house: its doors and shelves, the pages of words, and the working groups' pages."""

import datetime as dt
from typing import Any

from wagtail.models import Page, Site

from demo.content import shelf, table
from demo.content.calendar import at
from home.models import HomePage
from knowledge.library.models import LibraryIndex
from learning.catalogue.models import LearningIndex
from pages.models import (
    BasePage,
    PeopleIndex,
    StandardPage,
    WorkingGroupIndex,
    WorkingGroupPage,
)
from people.models import CommunitySettings

from .publishing import Wanted, settle
from .shelves import Own, Shelves

_INDEXES: dict[str, type[BasePage]] = {
    "learning": LearningIndex,
    "library": LibraryIndex,
    "working groups": WorkingGroupIndex,
    "people": PeopleIndex,
}
_YEAR_WEEKS = 52
_GROUP_WEEKS = 44


def build_house(shelves: Shelves) -> dict[str, Page]:
    """Home, the four doors and the shelves behind them, by their slugs."""
    home = _home(shelves)
    made: dict[str, Page] = {}
    for facts in table("house")["door"]:
        door = _index(shelves, home, facts)
        made[door.slug] = door
        for below in facts.get("shelf", ()):
            made[below["slug"]] = _index(shelves, door, below | {"is": facts["is"]})
    for text in shelf("pages"):
        shelves.put(text, StandardPage, home, Own(_opened(shelves)))
    return made


def build_group_pages(shelves: Shelves, parent: Page) -> None:
    """Each working group has a page that only its members see."""
    for text in shelf("groups"):
        name = text.facts["name"]
        shelves.put(
            text,
            WorkingGroupPage,
            parent,
            Own(
                shelves.calendar.weeks_ago(_GROUP_WEEKS),
                {
                    "group": shelves.people.groups[name],
                    "collection": shelves.files.collection_of_group(name),
                },
            ),
        )


def _opened(shelves: Shelves) -> dt.date:
    return shelves.calendar.weeks_ago(_YEAR_WEEKS)


def _home(shelves: Shelves) -> Page:
    """The home page; the default site begins at it, and Wagtail's own welcome is gone."""
    facts = table("house")["home"]
    home = _settled(shelves, HomePage, Page.get_first_root_node(), facts)
    site = Site.objects.filter(is_default_site=True).first() or Site(
        hostname="localhost", is_default_site=True
    )
    if site.root_page_id != home.pk:
        before = site.root_page if site.root_page_id else None
        site.root_page, site.site_name = home, facts["title"]
        site.save()
        if before is not None and before.specific_class is Page:
            before.delete()
    CommunitySettings.objects.update_or_create(
        site=site, defaults=table("house")["community"]
    )
    return Page.objects.get(pk=home.pk)


def _index(shelves: Shelves, parent: Page, facts: dict[str, Any]) -> Page:
    return _settled(shelves, _INDEXES[facts["is"]], parent, facts)


def _settled(
    shelves: Shelves, model: type[BasePage], parent: Page, facts: dict[str, Any]
) -> BasePage:
    fields = {"title": facts["title"], "summary": facts["summary"]}
    if facts.get("in_menu"):
        fields["show_in_menus"] = True
    opened = at(_opened(shelves), "09:00")
    return settle(Wanted(model, parent, facts["slug"], fields, opened), shelves.tally)
