"""Receivers for rows whose text other items contain: names, tags, chapters, cues, asks."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import QuerySet
from taggit.models import Tag

from pages.models import Audience, BasePage, Contribution, PageTag
from people.models import Contributor
from search import actions, registry

from .keys import PAGE, keys

# Models whose text a page of any type contains, with the lookup from the page.
_IN_ANY_PAGE: Mapping[Any, str] = {
    Audience: "audiences",
    Contribution: "contributions",
    Contributor: "contributions__contributor",
    PageTag: "tagged_items",
    Tag: "tagged_items__tag",
}


def related_row_saved(sender: Any, instance: Any, **_kwargs: Any) -> None:
    """Update items that contain text of a saved row."""
    _note_holding(sender, [instance])


def related_row_deleted(
    sender: Any, instance: Any, origin: Any = None, **_kwargs: Any
) -> None:
    """Update items that contain text of a deleted row.

    A queryset that is deleted is handled once. A row deleted by a cascade is covered by
    the receiver of the row that caused it.
    """
    if isinstance(origin, QuerySet) and origin.model is sender:
        if not getattr(origin, "search_notified", False):
            origin.search_notified = True  # type: ignore[attr-defined]
            _note_holding(sender, origin)
    elif origin is instance:
        _note_holding(sender, [instance])


def _note_holding(model: Any, rows: Iterable[Any]) -> None:
    """Schedule the items that contain text of the rows; an alias contains its source's."""
    if lookup := _IN_ANY_PAGE.get(model):
        pages = BasePage.objects.filter(**{f"{lookup}__in": rows})
        actions.note_changes(source=PAGE, object_ids=keys(pages))
    for document, lookup in registry.documents_depending_on(model):
        items = document.model._default_manager.filter(**{f"{lookup}__in": rows})
        actions.note_changes(source=document.source, object_ids=keys(items))
        if issubclass(document.model, BasePage):
            aliases = BasePage.objects.filter(alias_of__in=items.values("pk"))
            actions.note_changes(source=PAGE, object_ids=keys(aliases))
