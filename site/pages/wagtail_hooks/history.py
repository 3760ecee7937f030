"""Narrow the history of the site to what the editor may see.

Wagtail shows the entries about files and collections to everybody who may change files. What
has been deleted can no longer be asked who may see it, so its entries are shown to those who
made them. Entries about pages follow the policy of pages; those about deleted pages are shown
to superusers only, because no role may add pages at the root.
"""

import copy
from functools import partial
from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Q
from django.db.models.functions import Cast
from wagtail import hooks
from wagtail.models import Collection, Page
from wagtail.models.audit_log import ModelLogEntryManager

from files.models import Document, Image, Media
from pages.access import redirects_shown_to
from people.access import access_of
from people.models import WorkingGroup
from people.viewer import current_viewer, is_hidden_from_viewer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from django.db.models import QuerySet

_NAMING_PLACES = (
    "wagtail.copy",
    "wagtail.copy_for_translation",
    "wagtail.create_alias",
    "wagtail.move",
    "wagtail.reorder",
)
_PLACES = ("source", "destination")
_entries_of_others = ModelLogEntryManager.viewable_by_user


@hooks.register("register_log_actions", order=1000)
def name_no_hidden_place(actions: Any) -> None:
    """Say only “Moved” or “Copied” where the entry names a page that the viewer may not see."""
    for action in _NAMING_PLACES:
        formatter = actions.formatters[action]
        formatter.format_message = partial(_message, formatter.format_message)


def _message(format_message: "Callable[[Any], str]", entry: Any) -> str:
    if _names_hidden(entry.data):
        entry = copy.copy(entry)
        entry.data = {}
    return format_message(entry)


def _names_hidden(data: "dict[str, Any]") -> bool:
    """Return whether a page in the data is hidden, or gone, so that nobody can be asked."""
    viewer = current_viewer()
    if viewer is None or viewer.is_superuser:
        return False
    named = {data[place].get("id") for place in _PLACES if data.get(place)}
    pages = Page.objects.filter(pk__in=named)
    return len(pages) < len(named) or any(map(is_hidden_from_viewer, pages))


def other_entries(manager: Any, user: Any) -> "QuerySet[Any]":
    """Return entries about files, collections, groups and others that the CMS shows."""
    entries: QuerySet[Any] = _entries_of_others(manager, user)
    if user.is_superuser:
        return entries
    for shown in _shown(user):
        kind = Q(content_type=ContentType.objects.get_for_model(shown.model))
        gone = ~Q(object_id__in=_keys(shown.model._default_manager.all()))
        visible = Q(object_id__in=_keys(shown)) | Q(user=user) & gone
        entries = entries.filter(~kind | visible)
    return entries


def _shown(user: Any) -> "Iterator[QuerySet[Any]]":
    access = access_of(user)
    for model in (Document, Image, Media):
        yield model.objects.filter(access.cms_file_q)
    yield Collection.objects.filter(access.cms_collection_q)
    yield WorkingGroup.objects.shown_in_cms_to(user)
    yield redirects_shown_to(user)


def _keys(rows: "QuerySet[Any]") -> "QuerySet[Any]":
    return rows.order_by().annotate(key=Cast("pk", CharField())).values("key")


ModelLogEntryManager.viewable_by_user = other_entries
