"""Receivers for files, collections and working groups."""

from collections.abc import Callable, Iterable
from typing import Any

from taggit.models import TaggedItem
from wagtail.models import Collection, CollectionViewRestriction

from files.models import Document
from pages.models import WorkingGroupPage
from people.models import WorkingGroup
from search import actions

from .keys import FILE, PAGE, keys


def collection_privacy_changed(
    instance: CollectionViewRestriction, **_kwargs: Any
) -> None:
    """Conceal the files of a collection whose privacy changed."""
    _files_below(instance.collection, actions.conceal)


def collection_saved(instance: Collection, **_kwargs: Any) -> None:
    """Conceal the files of an edited collection.

    Wagtail may move the collection right afterwards in the same transaction, without a
    signal.
    """
    _files_below(instance, actions.conceal)


def group_changed(instance: WorkingGroup, **_kwargs: Any) -> None:
    """Update pages and files that name the group.

    They are concealed if the group is no longer listed.
    """
    change = actions.note_changes if instance.listed else actions.conceal
    change(source=PAGE, object_ids=keys(instance.pages.all()))
    for page in WorkingGroupPage.objects.filter(group=instance).exclude(
        collection=None
    ):
        _files_below(page.collection, change)


def group_folder_changing(instance: WorkingGroupPage, **_kwargs: Any) -> None:
    """Update files in collections that a working group gains, loses or passes on."""
    was = WorkingGroupPage.objects.filter(pk=instance.pk).first()
    if was and (was.collection, was.group_id) != (
        instance.collection,
        instance.group_id,
    ):
        for folder in filter(None, (was.collection, instance.collection)):
            _files_below(folder, actions.note_changes)


def file_tag_changed(instance: TaggedItem, **_kwargs: Any) -> None:
    """Update a file whose tags changed."""
    if instance.content_type.model_class() is Document:
        actions.note_changes(source=FILE, object_ids=[instance.object_id])


def document_changed(
    instance: Document, update_fields: Iterable[str] | None = None, **_kwargs: Any
) -> None:
    """Update a saved file; conceal it if its collection may have changed."""
    moved = update_fields is None or not {"collection", "collection_id"}.isdisjoint(
        update_fields
    )
    change = actions.conceal if moved else actions.note_changes
    change(source=FILE, object_ids=[instance.pk])


def document_deleted(instance: Document, **_kwargs: Any) -> None:
    """Conceal a deleted file."""
    actions.conceal(source=FILE, object_ids=[instance.pk])


def after_bulk_action(
    _request: Any, _kind: str, objects: Iterable[Any], _action: Any
) -> None:
    """Conceal files after a bulk action.

    Wagtail moves files with `QuerySet.update`, which sends no signal; this hook runs in
    the transaction of the action.
    """
    chosen = [each.pk for each in objects if isinstance(each, Document)]
    actions.conceal(source=FILE, object_ids=chosen)


def _files_below(collection: Collection, change: Callable[..., int]) -> None:
    found = Document.objects.filter(collection__path__startswith=collection.path)
    change(source=FILE, object_ids=keys(found))
