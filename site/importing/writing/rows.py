"""Organizations, bylines, topics and working groups."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import models

from importing.planning import Plan
from learning.sessions.models import Occurrence
from pages.models import Topic
from people.actions import create_working_group
from people.models import Contributor, Organization, WorkingGroup

from .ledger import Ledger

# What the import writes of each, and so what counts as an edit afterwards.
_WRITTEN: dict[type[models.Model], tuple[str, ...]] = {
    Organization: ("name", "website", "about"),
    Contributor: ("name", "about", "organization_id"),
    Topic: ("name", "summary", "synonyms", "parent_id"),
    Occurrence: (
        "first_day", "last_day", "start_time", "end_time", "zone", "online", "place",
        "recorded", "status",
    ),
}  # fmt: skip


@dataclass
class Rows:
    """Create and update rows that are not pages; existing rows of the same name are reused."""

    ledger: Ledger

    def make(self, plan: Plan) -> tuple[models.Model, bool]:
        """Return the row of a plan, and whether it existed before the import.

        An existing row holds what somebody wrote, so it is not recorded in the ledger and
        no later run changes it.
        """
        found = _NAMED[plan.makes](plan) if plan.makes in _NAMED else None
        if found is not None:
            return found, True
        thing = MODELS[plan.makes]()
        self.fill(thing, plan)
        thing.save()
        return thing, False

    def fill(self, thing: Any, plan: Plan) -> None:
        if isinstance(thing, Organization):
            thing.name = plan.title
            thing.website = plan.fields["website"]
            thing.about = plan.fields["about"]
        elif isinstance(thing, Contributor):
            thing.name = plan.title
            thing.about = plan.fields["about"]
            thing.organization_id = self.ledger.key(plan.fields["organization"])
        elif isinstance(thing, Topic):
            thing.name = plan.title
            thing.slug = thing.slug or plan.slug
            thing.summary = plan.fields["summary"]
            thing.synonyms = "\n".join(plan.fields["synonyms"])
            thing.parent_id = self.ledger.key(plan.fields["parent"])


def group_of(plan: Plan) -> WorkingGroup:
    """Return the working group of a community page; an existing one of that name is reused."""
    name = plan.fields["group_name"]
    found = WorkingGroup.objects.filter(name=name, page=None).first()
    return found or create_working_group(name=_free_name(name), purpose=_purpose(plan))


def _purpose(plan: Plan) -> str:
    return str(plan.fields["summary"])[:600]


def _free_name(name: str) -> str:
    taken = WorkingGroup.objects.filter(name=name).exists()
    return f"{name[:70]} (2)" if taken else name


def mark_of(thing: models.Model) -> str:
    """Return a digest of a row, which shows later whether somebody edited it."""
    values = [getattr(thing, name) for name in _WRITTEN[type(thing)]]
    text = json.dumps(values, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


MODELS: dict[str, type[models.Model]] = {
    "organization": Organization,
    "contributor": Contributor,
    "topic": Topic,
}
_NAMED: dict[str, Callable[[Plan], models.Model | None]] = {
    "organization": lambda plan: Organization.objects.filter(name=plan.title).first(),
    "topic": lambda plan: Topic.objects.filter(
        models.Q(name__iexact=plan.title) | models.Q(slug=plan.slug)
    ).first(),
}
