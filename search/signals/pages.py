"""Receivers for pages, sites and topics."""

from collections.abc import Callable, Iterable
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.db.models import QuerySet
from wagtail.models import Page, PageViewRestriction, Site

from pages.models import BasePage, Topic
from people.models import paths_read_alike
from search import actions
from search.topics import TOPICS

from .keys import PAGE, keys

# Fields that saving a draft writes to a published page.
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


def page_changed(
    instance: Any, update_fields: Iterable[str] | None = None, **_kwargs: Any
) -> None:
    """Update a saved page, or conceal it if it is not live.

    Saving a draft, which the editor does every few moments, changes nothing that is
    published.
    """
    draft_alone = update_fields is not None and _DRAFT_FIELDS.issuperset(update_fields)
    if isinstance(instance, Page) and not draft_alone:
        change = actions.note_changes if instance.live else actions.conceal
        change(source=PAGE, object_ids=[instance.pk])
        _pages(actions.note_changes, BasePage.objects.filter(superseded_by=instance.pk))


def page_deleting(instance: Any, **_kwargs: Any) -> None:
    """Update pages that the deleted page had replaced."""
    if isinstance(instance, BasePage):
        _pages(actions.note_changes, BasePage.objects.filter(superseded_by=instance.pk))


def page_deleted(instance: Any, **_kwargs: Any) -> None:
    """Conceal a deleted page."""
    if isinstance(instance, BasePage):
        actions.conceal(source=PAGE, object_ids=[instance.pk])


def page_url_changing(instance: Any, **_kwargs: Any) -> None:
    """Update a page with its descendants when its URL changes; conceal them when it moves.

    Wagtail's own signals are sent after the transaction and could be lost. A move saves
    the page inside it, with its new path.
    """
    if not isinstance(instance, Page) or instance.pk is None:
        return
    was = Page.objects.filter(pk=instance.pk).values_list("url_path", flat=True).first()
    if was is not None and was != instance.url_path:
        moves = _parent_path(was) != _parent_path(instance.url_path)
        if moves:
            _readers_changed(instance.path)
        else:
            below = Page.objects.filter(path__startswith=instance.path)
            _pages(actions.note_changes, below)
            _replaced_below(instance.path)


def _parent_path(url_path: str) -> str:
    return url_path.rstrip("/").rpartition("/")[0]


def site_changed(instance: Site, **_kwargs: Any) -> None:
    """Update all live pages, as their URLs may have changed."""
    _pages(actions.note_changes, BasePage.objects.live())


def page_privacy_changed(instance: PageViewRestriction, **_kwargs: Any) -> None:
    """Conceal a page, its descendants and their aliases when a restriction changes."""
    _readers_changed(instance.page.path)


def _readers_changed(path: str) -> None:
    """Conceal the pages below the path, and below the aliases of those."""
    for each in paths_read_alike(path):
        _pages(actions.conceal, Page.objects.filter(path__startswith=each))
        _replaced_below(each)


def topic_changed(instance: Topic, **_kwargs: Any) -> None:
    """Update pages with the topic or one of its descendants."""
    below, level = [instance.pk], [instance.pk]
    while level:
        children = Topic.objects.filter(parent__in=level).values_list("pk", flat=True)
        level = list(children)
        below += level
    _pages(actions.note_changes, BasePage.objects.filter(topics__in=below))
    transaction.on_commit(lambda: cache.delete(TOPICS))


def _replaced_below(path: str) -> None:
    """Update pages replaced by pages below the path, as only readers of these are told."""
    _pages(
        actions.note_changes,
        BasePage.objects.filter(superseded_by__path__startswith=path),
    )


def _pages(change: Callable[..., int], pages: QuerySet[Any]) -> None:
    change(source=PAGE, object_ids=keys(pages))
