"""The home page, the index pages, standard pages and working-group pages."""

import datetime as dt
from typing import Any

from wagtail.models import Page, Site

from demo.content import content_files, table
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

from .page_builder import PageBuilder, PageDetails
from .publishing import PageSpec, create_or_update

_INDEXES: dict[str, type[BasePage]] = {
    "learning": LearningIndex,
    "library": LibraryIndex,
    "working groups": WorkingGroupIndex,
    "people": PeopleIndex,
}
_YEAR_WEEKS = 52
_GROUP_WEEKS = 44


def build_index_pages(builder: PageBuilder) -> dict[str, Page]:
    """Build the home page and the index pages; return the index pages by slug."""
    home = _home(builder)
    made: dict[str, Page] = {}
    for facts in table("house")["door"]:
        door = _index(builder, home, facts)
        made[door.slug] = door
        for below in facts.get("shelf", ()):
            made[below["slug"]] = _index(builder, door, below | {"is": facts["is"]})
    for text in content_files("pages"):
        builder.put(text, StandardPage, home, PageDetails(_opened(builder)))
    return made


def build_group_pages(builder: PageBuilder, parent: Page) -> None:
    """Build a page for each working group that only its members see."""
    for text in content_files("groups"):
        name = text.facts["name"]
        builder.put(
            text,
            WorkingGroupPage,
            parent,
            PageDetails(
                builder.calendar.weeks_ago(_GROUP_WEEKS),
                {
                    "group": builder.people.groups[name],
                    "collection": builder.files.collection_of_group(name),
                },
            ),
        )


def _opened(builder: PageBuilder) -> dt.date:
    return builder.calendar.weeks_ago(_YEAR_WEEKS)


def _home(builder: PageBuilder) -> Page:
    """Build the home page, and put it in the place of Wagtail's welcome page."""
    facts = table("house")["home"]
    home = _index_page(builder, HomePage, Page.get_first_root_node(), facts)
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


def _index(builder: PageBuilder, parent: Page, facts: dict[str, Any]) -> Page:
    return _index_page(builder, _INDEXES[facts["is"]], parent, facts)


def _index_page(
    builder: PageBuilder, model: type[BasePage], parent: Page, facts: dict[str, Any]
) -> BasePage:
    fields = {"title": facts["title"], "summary": facts["summary"]}
    if facts.get("in_menu"):
        fields["show_in_menus"] = True
    opened = at(_opened(builder), "09:00")
    return create_or_update(
        PageSpec(model, parent, facts["slug"], fields, opened), builder.tally
    )
