"""Files and their folders, and the working groups that keep and make things."""

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
    """The same for files."""
    _files_below(instance.collection, actions.conceal)


def collection_saved(instance: Collection, **_kwargs: Any) -> None:
    """A collection was edited. If it moves as well, Wagtail does so right after, in the
    same transaction, and tells nobody."""
    _files_below(instance, actions.conceal)


def group_changed(instance: WorkingGroup, **_kwargs: Any) -> None:
    """A working group has another name, or goes; or members are not to know of it, and
    then nothing names it from now on."""
    change = actions.note_changes if instance.listed else actions.conceal
    change(source=PAGE, object_ids=keys(instance.pages.all()))
    for page in WorkingGroupPage.objects.filter(group=instance).exclude(
        collection=None
    ):
        _files_below(page.collection, change)


def group_folder_changing(instance: WorkingGroupPage, **_kwargs: Any) -> None:
    """A working group gets a folder, gives it up, or gives it to another group."""
    was = WorkingGroupPage.objects.filter(pk=instance.pk).first()
    if was and (was.collection, was.group_id) != (
        instance.collection,
        instance.group_id,
    ):
        for folder in filter(None, (was.collection, instance.collection)):
            _files_below(folder, actions.note_changes)


def file_tag_changed(instance: TaggedItem, **_kwargs: Any) -> None:
    """A tag was put on a file or taken off."""
    if instance.content_type.model_class() is Document:
        actions.note_changes(source=FILE, object_ids=[instance.object_id])


def document_changed(
    instance: Document, update_fields: Iterable[str] | None = None, **_kwargs: Any
) -> None:
    """A file was saved: other words, maybe another collection."""
    moved = update_fields is None or not {"collection", "collection_id"}.isdisjoint(
        update_fields
    )
    change = actions.conceal if moved else actions.note_changes
    change(source=FILE, object_ids=[instance.pk])


def document_deleted(instance: Document, **_kwargs: Any) -> None:
    """A file was deleted."""
    actions.conceal(source=FILE, object_ids=[instance.pk])


def after_bulk_action(
    _request: Any, _kind: str, objects: Iterable[Any], _action: Any
) -> None:
    """Wagtail moves many files with `update`, which sends no signal; this hook is called in
    the transaction of whatever was done to them."""
    chosen = [each.pk for each in objects if isinstance(each, Document)]
    actions.conceal(source=FILE, object_ids=chosen)


def _files_below(collection: Collection, change: Callable[..., int]) -> None:
    found = Document.objects.filter(collection__path__startswith=collection.path)
    change(source=FILE, object_ids=keys(found))
