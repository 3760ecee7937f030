"""The border to Wagtail and Django: what changed there, is noted here.

A signal runs in the transaction of the change. What changes who may see an item, conceals
it in the same transaction; everything else waits for its turn in the index.
"""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from django.core.cache import cache
from django.db import transaction
from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from wagtail.contrib.search_promotions.models import Query as PromotedQuery
from wagtail.contrib.search_promotions.models import SearchPromotion
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    Page,
    PageViewRestriction,
)
from wagtail.signals import (
    page_published,
    page_unpublished,
    post_page_move,
)

from everydoor.files.models import Document, DocumentText
from everydoor.pages.models import Audience, BasePage, PageTag, Topic
from people.models import Contributor, WorkingGroup

from . import actions
from .promotions import PROMOTIONS
from .topics import TOPICS

if TYPE_CHECKING:
    from django.db.models import QuerySet

PAGE = "page"
FILE = "file"

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


def connect() -> None:
    """Listen; called once, when all apps are there."""
    for signal, receiver, sender in _RECEIVERS:
        signal.connect(
            receiver, sender=sender, dispatch_uid=f"search.{receiver.__name__}.{sender}"
        )


def page_changed(
    instance: Any, update_fields: Iterable[str] | None = None, **_kwargs: Any
) -> None:
    """A page was saved or published: its words may be other ones. A draft that was saved
    beside it (the editor does so every few moments) changes nothing."""
    draft_alone = update_fields is not None and _DRAFT_FIELDS.issuperset(update_fields)
    if isinstance(instance, BasePage) and not draft_alone:
        actions.note(source=PAGE, object_ids=[instance.pk])


def page_gone(instance: Any, **_kwargs: Any) -> None:
    """A page was unpublished or deleted: nobody finds it from now on."""
    if isinstance(instance, BasePage):
        actions.conceal(source=PAGE, object_ids=[instance.pk])


def tree_moved(instance: Page, **_kwargs: Any) -> None:
    """A page stands elsewhere with all below it: other addresses, other restrictions."""
    _pages(actions.conceal, Page.objects.filter(path__startswith=instance.path))


def address_changes(instance: Any, **_kwargs: Any) -> None:
    """A page gets another slug: all below it get other addresses. Wagtail's own signal
    comes after the transaction, when it could be lost."""
    if isinstance(instance, BasePage) and instance.pk and instance.numchild:
        same = Page.objects.filter(pk=instance.pk, slug=instance.slug)
        if not same.exists():
            _pages(actions.note, Page.objects.filter(path__startswith=instance.path))


def page_privacy_changed(instance: PageViewRestriction, **_kwargs: Any) -> None:
    """A restriction came, went or became another: all below have another rule."""
    _pages(actions.conceal, Page.objects.filter(path__startswith=instance.page.path))


def collection_privacy_changed(
    instance: CollectionViewRestriction, **_kwargs: Any
) -> None:
    """The same for files."""
    _files_below(instance.collection)


def collection_saved(instance: Collection, **_kwargs: Any) -> None:
    """A collection was edited. If it moves as well, Wagtail does so right after, in the
    same transaction, and tells nobody."""
    _files_below(instance)


def topic_changed(instance: Topic, **_kwargs: Any) -> None:
    """A topic has another name, parent or synonyms, or goes: for its pages and for those
    of the topics below it."""
    below, level = [instance.pk], [instance.pk]
    while level:
        children = Topic.objects.filter(parent__in=level).values_list("pk", flat=True)
        level = list(children)
        below += level
    _pages(actions.note, BasePage.objects.filter(topics__in=below))
    transaction.on_commit(lambda: cache.delete(TOPICS))


def audience_changed(instance: Audience, **_kwargs: Any) -> None:
    """An audience has another name, or goes."""
    _pages(actions.note, BasePage.objects.filter(audiences=instance))


def group_changed(instance: WorkingGroup, **_kwargs: Any) -> None:
    """A working group has another name, or goes."""
    _pages(actions.note, BasePage.objects.filter(working_group=instance))


def contributor_changed(instance: Contributor, **_kwargs: Any) -> None:
    """A person is named otherwise, or not any more."""
    _pages(actions.note, BasePage.objects.filter(contributions__contributor=instance))


def tag_changed(instance: PageTag, **_kwargs: Any) -> None:
    """A tag was put on a page or taken off."""
    actions.note(source=PAGE, object_ids=[instance.content_object_id])


def document_changed(instance: Document, **_kwargs: Any) -> None:
    """A file was saved: other words, maybe another collection."""
    actions.conceal(source=FILE, object_ids=[instance.pk])


def document_text_changed(instance: DocumentText, **_kwargs: Any) -> None:
    """The text of a file was read."""
    actions.note(source=FILE, object_ids=[instance.document_id])


def promotion_changed(**_kwargs: Any) -> None:
    """Editors promote something else for some words."""
    cache.delete(PROMOTIONS)
    transaction.on_commit(lambda: cache.delete(PROMOTIONS))


def _pages(change: Callable[..., int], pages: "QuerySet[Any]") -> None:
    change(source=PAGE, object_ids=_keys(pages))


def _files_below(collection: Collection) -> None:
    found = Document.objects.filter(collection__path__startswith=collection.path)
    actions.conceal(source=FILE, object_ids=_keys(found))


def _keys(rows: "QuerySet[Any]") -> Iterable[int]:
    return rows.order_by("pk").values_list("pk", flat=True).distinct()


# A restriction's groups need no receiver: who passes it, is asked anew at each search.
_RECEIVERS: list[tuple[Any, Callable[..., None], Any]] = [
    (page_published, page_changed, None),
    (page_unpublished, page_gone, None),
    (post_page_move, tree_moved, None),
    (pre_save, address_changes, None),
    (post_save, page_changed, None),
    (post_delete, page_gone, None),
    (post_save, page_privacy_changed, PageViewRestriction),
    (post_delete, page_privacy_changed, PageViewRestriction),
    (post_save, collection_privacy_changed, CollectionViewRestriction),
    (post_delete, collection_privacy_changed, CollectionViewRestriction),
    (post_save, collection_saved, Collection),
    (post_save, topic_changed, Topic),
    (pre_delete, topic_changed, Topic),
    (post_save, audience_changed, Audience),
    (pre_delete, audience_changed, Audience),
    (post_save, group_changed, WorkingGroup),
    (pre_delete, group_changed, WorkingGroup),
    (post_save, contributor_changed, Contributor),
    (pre_delete, contributor_changed, Contributor),
    (post_save, promotion_changed, SearchPromotion),
    (post_delete, promotion_changed, SearchPromotion),
    (post_save, promotion_changed, PromotedQuery),
    (post_save, tag_changed, PageTag),
    (post_delete, tag_changed, PageTag),
    (post_save, document_changed, Document),
    (post_delete, document_changed, Document),
    (post_save, document_text_changed, DocumentText),
    (post_delete, document_text_changed, DocumentText),
]
