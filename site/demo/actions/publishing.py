"""Create and update pages as an editor would: add, save a revision, publish.

An existing page is compared with its content file. If they differ and no person has edited
the page, a new revision is published; this is how dates are updated from day to day. A page
that a person has edited is not changed.
"""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import Group
from django.db import models
from wagtail.blocks import StreamValue
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page, PageViewRestriction, ReferenceIndex
from wagtail.signal_handlers import disable_reference_index_auto_update

from pages.models import BasePage

from .tally import Outcome, Tally

_NOT_COMPARED = frozenset({"id", "public_id", "sort_order", "made_from"})


@dataclass
class PageSpec:
    """A page as its content file describes it."""

    model: type[BasePage]
    parent: Page
    slug: str
    fields: dict[str, Any]
    published_at: dt.datetime
    rows: dict[str, list[Any]] = field(default_factory=dict)
    many: dict[str, list[Any]] = field(default_factory=dict)
    tags: list[str] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)


def create_or_update(wanted: PageSpec, tally: Tally) -> BasePage:
    """Create or update the page, publish it and restrict it as described."""
    there = wanted.parent.get_children().filter(slug=wanted.slug).first()
    page, outcome = _created(wanted) if there is None else _again(there, wanted)
    tally.add(outcome, str(page._meta.verbose_name))
    return page


def _created(wanted: PageSpec) -> tuple[BasePage, Outcome]:
    page = wanted.model(
        slug=wanted.slug,
        live=False,
        first_published_at=wanted.published_at,
    )
    _write(page, wanted, _differences(page, wanted))
    made = _published(page, below=wanted.parent)
    if wanted.groups:
        guard = PageViewRestriction.objects.create(
            page=made, restriction_type=PageViewRestriction.GROUPS
        )
        guard.groups.set(wanted.groups)
    return made, Outcome.CREATED


def _again(there: Page, wanted: PageSpec) -> tuple[BasePage, Outcome]:
    page = there.specific
    if page.revisions.exclude(user=None).exists() or not page.live:
        return page, Outcome.KEPT
    differences = _differences(page, wanted)
    if not differences:
        return page, Outcome.UNCHANGED
    _write(page, wanted, differences)
    return _published(page), Outcome.UPDATED


def _published(page: BasePage, *, below: Page | None = None) -> BasePage:
    """Publish the page and return it as it is in the database.

    Creating a page saves it three times; its references are indexed once, at the end.
    """
    with disable_reference_index_auto_update():
        if below is not None:
            below.add_child(instance=page)
        page.save_revision().publish()
    made = type(page).objects.get(pk=page.pk)
    ReferenceIndex.create_or_update_for_object(made)
    return made


def _differences(page: BasePage, wanted: PageSpec) -> set[str]:
    """Return the names of fields and child relations that differ from the description."""
    plain = {
        name
        for name, value in wanted.fields.items()
        if _kept(page, name) != _plain(page, name, value)
    }
    rows = {
        name
        for name, value in wanted.rows.items()
        if [_row(each) for each in getattr(page, name).all()]
        != [_row(each) for each in value]
    }
    many = {
        name
        for name, value in wanted.many.items()
        if {each.pk for each in getattr(page, name).all()}
        != {each.pk for each in value}
    }
    tags = {tag.name for tag in page.tags.all()} if page.pk else set()
    return plain | rows | many | ({"tags"} if tags != set(wanted.tags) else set())


def _kept(page: BasePage, name: str) -> Any:
    field: Any = page._meta.get_field(name)
    return _plain(page, name, getattr(page, field.attname))


def _plain(page: BasePage, name: str, value: Any) -> Any:
    """Return a comparable value: the stored form of a body, the key of a related row."""
    kind = page._meta.get_field(name)
    if isinstance(kind, StreamField) and not isinstance(value, StreamValue):
        value = kind.to_python(value)
    if isinstance(value, StreamValue):
        return list(value.get_prep_value())
    return value.pk if isinstance(value, models.Model) else value


def _row(row: models.Model) -> dict[str, Any]:
    """Return the values of a child row, without its keys and its page."""
    found = {
        each.attname: getattr(row, each.attname)
        for each in row._meta.concrete_fields
        if each.name not in _NOT_COMPARED and not _is_parent(each)
    }
    return found


def _is_parent(each: Any) -> bool:
    return each.is_relation and issubclass(each.related_model, Page)


def _write(page: BasePage, wanted: PageSpec, names: set[str]) -> None:
    for name in names & wanted.fields.keys():
        setattr(page, name, wanted.fields[name])
    for name in names & wanted.rows.keys():
        for number, row in enumerate(wanted.rows[name]):
            if isinstance(row, Orderable):
                row.sort_order = number
    for several in (wanted.rows, wanted.many):
        for name in names & several.keys():
            setattr(page, name, several[name])
    if "tags" in names:
        page.tags.set(wanted.tags)
