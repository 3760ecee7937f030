"""The border to Wagtail and Django: what changed there, is noted here.

A signal runs in the transaction of the change. What changes who may see an item, conceals
it in the same transaction; everything else waits for its turn in the index.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.db.models import QuerySet
from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from taggit.models import Tag, TaggedItem
from wagtail import hooks
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    Page,
    PageViewRestriction,
    Site,
)

from everydoor.files.models import Document
from everydoor.pages.models import (
    Audience,
    BasePage,
    Contribution,
    PageTag,
    Topic,
    WorkingGroupPage,
)
from people.models import Contributor, Organization, User, WorkingGroup

from . import actions, registry
from .results import SYNONYMS

PAGE = "page"
FILE = "file"
PERSON = "person"
ORGANIZATION = "organization"

# What a page of any type holds words of, with the lookup from the page.
_IN_ANY_PAGE: Mapping[Any, str] = {
    Audience: "audiences",
    Contribution: "contributions",
    Contributor: "contributions__contributor",
    PageTag: "tagged_items",
    Tag: "tagged_items__tag",
}

# What the editor writes beside the page that readers see.
_DRAFT_FIELDS = frozenset(
    {
        "draft_title",
        "has_unpublished_changes",
        "latest_revision",
        "latest_revision_created_at",
        "locked",
        "locked_at",
        "locked_by",
    }
)
# What an account has that members do not see.
_UNSEEN_FIELDS = frozenset({"last_login", "password"})


def connect() -> None:
    """Listen; called once, when all apps are there."""
    for signal, receiver, sender in _RECEIVERS:
        signal.connect(
            receiver, sender=sender, dispatch_uid=f"search.{receiver.__name__}.{sender}"
        )
    hooks.register("after_bulk_action", after_bulk_action)


def page_changed(
    instance: Any, update_fields: Iterable[str] | None = None, **_kwargs: Any
) -> None:
    """A page was saved: its words may be other ones, and if it is not live, nobody finds
    it from now on. A draft that was saved beside it (the editor does so every few moments)
    changes nothing."""
    draft_alone = update_fields is not None and _DRAFT_FIELDS.issuperset(update_fields)
    if isinstance(instance, Page) and not draft_alone:
        change = actions.note if instance.live else actions.conceal
        change(source=PAGE, object_ids=[instance.pk])
        _pages(actions.note, BasePage.objects.filter(superseded_by=instance.pk))


def page_goes(instance: Any, **_kwargs: Any) -> None:
    """What it had replaced is the newest again."""
    if isinstance(instance, BasePage):
        _pages(actions.note, BasePage.objects.filter(superseded_by=instance.pk))


def page_gone(instance: Any, **_kwargs: Any) -> None:
    """A page was deleted: nobody finds it from now on."""
    if isinstance(instance, BasePage):
        actions.conceal(source=PAGE, object_ids=[instance.pk])


def address_changes(instance: Any, **_kwargs: Any) -> None:
    """A page moves, or gets another slug: all below it have other addresses, and where it
    moves, other restrictions. Wagtail's own signals come after the transaction, when they
    could be lost; a move saves the page inside it, at its new place already."""
    if not isinstance(instance, Page) or instance.pk is None:
        return
    was = Page.objects.filter(pk=instance.pk).values_list("url_path", flat=True).first()
    if was is not None and was != instance.url_path:
        moves = _above(was) != _above(instance.url_path)
        change = actions.conceal if moves else actions.note
        _pages(change, Page.objects.filter(path__startswith=instance.path))


def _above(url_path: str) -> str:
    return url_path.rstrip("/").rpartition("/")[0]


def site_changed(instance: Site, **_kwargs: Any) -> None:
    """A site came, went, or has another root: pages may have other addresses."""
    _pages(actions.note, BasePage.objects.live())


def page_privacy_changed(instance: PageViewRestriction, **_kwargs: Any) -> None:
    """A restriction came, went or became another: all below have another rule."""
    _pages(actions.conceal, Page.objects.filter(path__startswith=instance.page.path))


def collection_privacy_changed(
    instance: CollectionViewRestriction, **_kwargs: Any
) -> None:
    """The same for files."""
    _files_below(instance.collection, actions.conceal)


def collection_saved(instance: Collection, **_kwargs: Any) -> None:
    """A collection was edited. If it moves as well, Wagtail does so right after, in the
    same transaction, and tells nobody."""
    _files_below(instance, actions.conceal)


def topic_changed(instance: Topic, **_kwargs: Any) -> None:
    """A topic has another name, parent or synonyms, or goes: for its pages and for those
    of the topics below it."""
    below, level = [instance.pk], [instance.pk]
    while level:
        children = Topic.objects.filter(parent__in=level).values_list("pk", flat=True)
        level = list(children)
        below += level
    _pages(actions.note, BasePage.objects.filter(topics__in=below))
    transaction.on_commit(lambda: cache.delete(SYNONYMS))


def group_changed(instance: WorkingGroup, **_kwargs: Any) -> None:
    """A working group has another name, or goes; or members are not to know of it, and
    then nothing names it from now on."""
    change = actions.note if instance.listed else actions.conceal
    _pages(change, BasePage.objects.filter(working_group=instance))
    for page in WorkingGroupPage.objects.filter(group=instance).exclude(
        collection=None
    ):
        _files_below(page.collection, change)


def group_page_saved(instance: WorkingGroupPage, **_kwargs: Any) -> None:
    """A working group has a folder, or gives it to another."""
    if instance.collection:
        _files_below(instance.collection, actions.note)


def words_changed(sender: Any, instance: Any, **_kwargs: Any) -> None:
    """A row whose words stand in items was saved."""
    _note_holding(sender, [instance])


def words_go(sender: Any, instance: Any, origin: Any = None, **_kwargs: Any) -> None:
    """Such a row goes: by itself, or with all rows of a question, asked once. What goes
    with something else, is told by that."""
    if isinstance(origin, QuerySet) and origin.model is sender:
        if not getattr(origin, "told_search", False):
            origin.told_search = True  # type: ignore[attr-defined]
            _note_holding(sender, origin)
    elif origin is instance:
        _note_holding(sender, [instance])


def file_tag_changed(instance: TaggedItem, **_kwargs: Any) -> None:
    """A tag was put on a file or taken off."""
    if instance.content_type.model_class() is Document:
        actions.note(source=FILE, object_ids=[instance.object_id])


def document_changed(
    instance: Document, update_fields: Iterable[str] | None = None, **_kwargs: Any
) -> None:
    """A file was saved: other words, maybe another collection."""
    moved = update_fields is None or not {"collection", "collection_id"}.isdisjoint(
        update_fields
    )
    change = actions.conceal if moved else actions.note
    change(source=FILE, object_ids=[instance.pk])


def document_gone(instance: Document, **_kwargs: Any) -> None:
    """A file was deleted."""
    actions.conceal(source=FILE, object_ids=[instance.pk])


def person_changed(
    instance: User, update_fields: Iterable[str] | None = None, **_kwargs: Any
) -> None:
    """A person changed what members see of them, or wants to be found no longer: then
    nobody finds them from now on. Signing in changes nothing."""
    if update_fields is not None and _UNSEEN_FIELDS.issuperset(update_fields):
        return
    found = instance.listed and instance.is_active and instance.name
    change = actions.note if found else actions.conceal
    change(source=PERSON, object_ids=[instance.pk])


def person_gone(instance: User, **_kwargs: Any) -> None:
    """An account is no more."""
    actions.conceal(source=PERSON, object_ids=[instance.pk])


def organization_changed(instance: Organization, **_kwargs: Any) -> None:
    """An organization has other words, or is not to be seen by visitors any more."""
    change = actions.note if instance.listed else actions.conceal
    change(source=ORGANIZATION, object_ids=[instance.pk])


def organization_gone(instance: Organization, **_kwargs: Any) -> None:
    """An organization is no more."""
    actions.conceal(source=ORGANIZATION, object_ids=[instance.pk])


def after_bulk_action(
    _request: Any, _kind: str, objects: Iterable[Any], _action: Any
) -> None:
    """Wagtail's bulk actions on files and accounts write with `update`, which sends no
    signal; this is called in their transaction."""
    for model, source in ((Document, FILE), (User, PERSON)):
        chosen = [each.pk for each in objects if isinstance(each, model)]
        actions.conceal(source=source, object_ids=[pk for pk in chosen if pk])


def _pages(change: Callable[..., int], pages: QuerySet[Any]) -> None:
    change(source=PAGE, object_ids=_keys(pages))


def _files_below(collection: Collection, change: Callable[..., int]) -> None:
    found = Document.objects.filter(collection__path__startswith=collection.path)
    change(source=FILE, object_ids=_keys(found))


def _note_holding(model: Any, rows: Iterable[Any]) -> None:
    """Note the items that hold words of the rows."""
    if lookup := _IN_ANY_PAGE.get(model):
        _pages(actions.note, BasePage.objects.filter(**{f"{lookup}__in": rows}))
    for document, lookup in registry.drawing_from(model):
        items = document.model._default_manager.filter(**{f"{lookup}__in": rows})
        actions.note(source=document.source, object_ids=_keys(items))


def _keys(rows: QuerySet[Any]) -> Iterable[int]:
    return rows.order_by("pk").values_list("pk", flat=True).distinct()


# A restriction's groups need no receiver: who passes it, is asked anew at each search.
_RECEIVERS: list[tuple[Any, Callable[..., None], Any]] = [
    (pre_save, address_changes, None),
    (post_save, page_changed, None),
    (pre_delete, page_goes, None),
    (post_delete, page_gone, None),
    (post_save, words_changed, None),
    (pre_delete, words_go, None),
    (post_save, site_changed, Site),
    (post_delete, site_changed, Site),
    (post_save, page_privacy_changed, PageViewRestriction),
    (post_delete, page_privacy_changed, PageViewRestriction),
    (post_save, collection_privacy_changed, CollectionViewRestriction),
    (post_delete, collection_privacy_changed, CollectionViewRestriction),
    (post_save, collection_saved, Collection),
    (post_save, topic_changed, Topic),
    (pre_delete, topic_changed, Topic),
    (post_save, group_changed, WorkingGroup),
    (pre_delete, group_changed, WorkingGroup),
    (post_save, group_page_saved, WorkingGroupPage),
    (post_save, document_changed, Document),
    (post_delete, document_gone, Document),
    (post_save, file_tag_changed, TaggedItem),
    (post_delete, file_tag_changed, TaggedItem),
    (post_save, person_changed, User),
    (post_delete, person_gone, User),
    (post_save, organization_changed, Organization),
    (post_delete, organization_gone, Organization),
]
