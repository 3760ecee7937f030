"""Publish many pages at once, with everything that Wagtail stores beside them.

One transaction writes the pages of a batch, their child objects, a revision and a log entry
for each, the reference index, Wagtail's search index, and a note for ours. So a run that is
stopped leaves nothing half-finished in public.
"""

import uuid
from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page, PageLogEntry, ReferenceIndex, Revision
from wagtail.search.backends import get_search_backends

from files.actions import record_indexed_pictures
from pages.models import BasePage, Contribution, PageTag
from search.actions import note_changes

from .tree import update

_THROUGH = BasePage.topics.through


@transaction.atomic
def publish(pages: Sequence[BasePage], *, live: Sequence[bool]) -> None:
    """Save filled pages and publish those that shall be live; the others stay drafts."""
    _children(pages)
    now = timezone.now()
    for page, wanted in zip(pages, live, strict=True):
        page.live, page.has_unpublished_changes = wanted, not wanted
        page.dated = page.date_to_list()
        if wanted:
            page.first_published_at = page.first_published_at or now
            page.last_published_at = now
            page.dated = page.date_to_list()
        page.latest_revision_created_at = now
    revisions = Revision.objects.bulk_create([_revision(page, now) for page in pages])
    for page, revision in zip(pages, revisions, strict=True):
        page.latest_revision_id = revision.pk
        page.live_revision_id = revision.pk if page.live else None
        update(page)
    _history(pages, revisions)
    _index(pages)


def _children(pages: Sequence[BasePage]) -> None:
    """Replace the child objects: a run that was stopped may have left some."""
    keys = [page.pk for page in pages]
    _THROUGH.objects.filter(basepage_id__in=keys).delete()
    for model, name in ((Contribution, "page_id"), (PageTag, "content_object_id")):
        model._default_manager.filter(**{f"{name}__in": keys}).delete()
    _THROUGH.objects.bulk_create(
        _THROUGH(basepage_id=page.pk, topic_id=topic.pk)
        for page in pages for topic in page.topics.all()
    )  # fmt: skip
    _create(Contribution, (each for page in pages for each in page.contributions.all()))
    _create(PageTag, (each for page in pages for each in page.tagged_items.all()))


def _create(model: Any, rows: Iterable[Any]) -> None:
    new = list(rows)
    for row in new:
        row.pk = None
    model._default_manager.bulk_create(new)


def _revision(page: BasePage, now: Any) -> Revision:
    return Revision(
        content_type=ContentType.objects.get_for_model(page),
        base_content_type=ContentType.objects.get_for_model(Page),
        object_id=str(page.pk),
        created_at=now,
        object_str=str(page),
        content=page.serializable_data(),
    )


def _history(pages: Sequence[BasePage], revisions: Sequence[Revision]) -> None:
    """Add a log entry to the history of each page."""
    act = uuid.uuid4()
    PageLogEntry.objects.bulk_create(
        PageLogEntry(
            page=page,
            revision=revision,
            content_type=revision.content_type,
            label=page.title[:255],
            action="wagtail.publish" if page.live else "wagtail.create",
            timestamp=revision.created_at,
            content_changed=True,
            uuid=act,
            data={},
        )
        for page, revision in zip(pages, revisions, strict=True)
    )


def _index(pages: Sequence[BasePage]) -> None:
    for page in pages:
        ReferenceIndex.create_or_update_for_object(page)
    record_indexed_pictures(pages=pages)
    for backend in get_search_backends(with_auto_update=True):
        for model in {type(page) for page in pages}:
            backend.add_bulk(model, [each for each in pages if type(each) is model])
    note_changes(source="page", object_ids=[page.pk for page in pages])
