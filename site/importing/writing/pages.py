"""Fill pages of every type, and the rows that belong to them, from plans."""

import datetime as dt
import json
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from files.models import Image
from importing.planning import Plan
from knowledge.guides.models import GuidePage
from knowledge.resources.models import ResourcePage
from learning.recordings.models import RecordingPage
from learning.sessions.models import SessionPage
from pages.models import BasePage, Contribution, Topic, WorkingGroupPage

from .keys import Keys
from .rows import group_of

MODELS: dict[str, type[BasePage]] = {
    "session": SessionPage,
    "recording": RecordingPage,
    "resource": ResourcePage,
    "guide": GuidePage,
    "group": WorkingGroupPage,
}
_PLAIN = ("summary", "form", "link", "source", "licence", "registration_url",
          "elsewhere_url")  # fmt: skip
_DAYS = ("review_date", "issued_on", "edition_date", "recorded_on")


def bare(plan: Plan) -> BasePage:
    """Return a page with title and slug only, to be added to the tree as a draft."""
    page = MODELS[plan.makes](title=plan.title, slug=plan.slug)
    if isinstance(page, WorkingGroupPage):
        page.group = group_of(plan)
    return page


@dataclass
class Filling:
    """Fills pages in memory from plans: fields, body and child objects."""

    keys: Keys

    @cached_property
    def topics(self) -> dict[int, Topic]:
        return {topic.pk: topic for topic in Topic.objects.all()}

    def fill(self, page: Any, plan: Plan) -> None:
        """Fill everything but the position in the tree, without saving."""
        page.title = page.draft_title = plan.title
        for name in _PLAIN:
            if name in plan.fields:
                setattr(page, name, plan.fields[name])
        for name in _DAYS:
            if name in plan.fields:
                setattr(page, name, _day(plan.fields[name]))
        if picture := plan.fields.get("listing_image"):
            page.listing_image_id = self.keys.file(picture, Image)
            page.listing_image_alt = plan.fields["listing_image_alt"]
        page.body = json.dumps(self.keys.body(plan.blocks, page_of=plan.id))
        self._relations(page, plan)
        if isinstance(page, RecordingPage):
            page.session_id = self.keys.page(plan.fields["session"])
        page.first_published_at = plan.published or page.first_published_at

    def _relations(self, page: Any, plan: Plan) -> None:
        found = [self.keys.ledger.key(item_id) for item_id in plan.topics]
        page.topics.set([self.topics[key] for key in found if key in self.topics])
        people = [self.keys.ledger.key(item_id) for item_id in plan.authors]
        now = [each.contributor_id for each in page.contributions.all()]
        wanted = list(dict.fromkeys(key for key in people if key))
        if now != wanted:
            page.contributions.set([
                Contribution(contributor_id=key, sort_order=number)
                for number, key in enumerate(wanted)
            ])  # fmt: skip
        if plan.tags or page.pk:
            page.tags.set(plan.tags)


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
