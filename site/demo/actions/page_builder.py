"""Build a page from a content file, with the fields that all pages have."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import Group
from wagtail.models import Page

from demo.content import Calendar, ContentError, Text, body
from demo.content.calendar import at
from pages.models import Audience, BasePage, Contribution, Topic
from people.querysets import MEMBERS

from .files import Files
from .people import People
from .publishing import PageSpec, create_or_update
from .tally import Tally

_MORNING = "09:00"


@dataclass
class PageDetails:
    """What one page has in addition to the fields that all pages have."""

    published: dt.date
    fields: dict[str, Any] = field(default_factory=dict)
    rows: dict[str, list[Any]] = field(default_factory=dict)


@dataclass
class PageBuilder:
    """Build pages, and find those that were built by the keys that content files use."""

    people: People
    files: Files
    calendar: Calendar
    tally: Tally
    pages: dict[str, BasePage] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.topics = {each.name: each for each in Topic.objects.all()}
        self.audiences = {each.name: each for each in Audience.objects.all()}
        self.members = Group.objects.get(name=MEMBERS)

    def document(self, key: str) -> int:
        """Return the primary key of a document. Raises ContentError if there is none."""
        if key not in self.files.documents:
            raise ContentError(f"There is no document “{key}”.")
        return self.files.documents[key].pk

    def picture(self, key: str) -> int:
        """Return the primary key of a picture. Raises ContentError if there is none."""
        if key not in self.files.pictures:
            raise ContentError(f"There is no picture “{key}”.")
        return self.files.pictures[key].pk

    def page(self, key: str) -> int:
        """Return the primary key of a page. Raises ContentError if it was not built yet."""
        if key not in self.pages:
            raise ContentError(f"There is no page “{key}” yet.")
        return self.pages[key].pk

    def put(
        self, text: Text, model: type[BasePage], parent: Page, own: PageDetails
    ) -> BasePage:
        """Create or update the page of a content file, and return it."""
        facts = text.facts
        common = {
            "title": facts["title"],
            "summary": facts["summary"],
            "body": body(text.words, of=text.key, targets=self),
        }
        if "group" in facts:
            common["working_group"] = self.people.groups[facts["group"]]
        if "review_in_weeks" in facts:
            common["review_date"] = self.calendar.weeks_ago(-facts["review_in_weeks"])
        wanted = PageSpec(
            model=model,
            parent=parent,
            slug=text.slug,
            fields=common | own.fields,
            published_at=at(own.published, _MORNING),
            rows={"contributions": self._contributions(facts), **own.rows},
            many={
                "topics": [self.topics[name] for name in facts.get("topics", ())],
                "audiences": [
                    self.audiences[name] for name in facts.get("audiences", ())
                ],
            },
            tags=facts.get("tags", []),
            groups=self._groups(facts),
        )
        made = create_or_update(wanted, self.tally)
        self.pages[text.key] = made
        return made

    def _contributions(self, facts: dict[str, Any]) -> list[Contribution]:
        return [
            Contribution(contributor=self.people.bylines[name], part=part)
            for name, part in facts.get("by", ())
        ]

    def _groups(self, facts: dict[str, Any]) -> list[Group]:
        if "members" in facts:
            return [self.people.groups[facts["name"]].group]
        return [self.members] if facts.get("access") == "members" else []
