"""Signal receivers that record changes for the index.

Receivers run in the transaction of the change. A change to who may see an item conceals
it at once; every other change is applied later by the indexing job.
"""

from collections.abc import Callable
from typing import Any

from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from taggit.models import TaggedItem
from wagtail import hooks
from wagtail.contrib.search_promotions.models import Query as PromotedQuery
from wagtail.contrib.search_promotions.models import SearchPromotion
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    PageViewRestriction,
    Site,
)

from files.models import Document
from pages.models import Topic, WorkingGroupPage
from people.models import Organization, User, WorkingGroup

from . import files, pages, people, promotions, related_rows


def connect() -> None:
    """Connect all receivers; called once, when all apps are loaded."""
    for signal, receiver, sender in _RECEIVERS:
        signal.connect(
            receiver, sender=sender, dispatch_uid=f"search.{receiver.__name__}.{sender}"
        )
    hooks.register("after_bulk_action", files.after_bulk_action)


# The groups of a restriction need no receiver: they are read at each search.
_RECEIVERS: list[tuple[Any, Callable[..., None], Any]] = [
    (pre_save, pages.page_url_changing, None),
    (post_save, pages.page_changed, None),
    (pre_delete, pages.page_deleting, None),
    (post_delete, pages.page_deleted, None),
    (post_save, related_rows.related_row_saved, None),
    (pre_delete, related_rows.related_row_deleted, None),
    (post_save, pages.site_changed, Site),
    (post_delete, pages.site_changed, Site),
    (post_save, pages.page_privacy_changed, PageViewRestriction),
    (post_delete, pages.page_privacy_changed, PageViewRestriction),
    (post_save, files.collection_privacy_changed, CollectionViewRestriction),
    (post_delete, files.collection_privacy_changed, CollectionViewRestriction),
    (post_save, files.collection_saved, Collection),
    (post_save, pages.topic_changed, Topic),
    (pre_delete, pages.topic_changed, Topic),
    (post_save, files.group_changed, WorkingGroup),
    (pre_delete, files.group_changed, WorkingGroup),
    (pre_save, files.group_folder_changing, WorkingGroupPage),
    (post_save, files.document_changed, Document),
    (post_delete, files.document_deleted, Document),
    (post_save, files.file_tag_changed, TaggedItem),
    (post_delete, files.file_tag_changed, TaggedItem),
    (post_save, people.person_changed, User),
    (post_delete, people.person_deleted, User),
    (post_save, people.organization_changed, Organization),
    (post_delete, people.organization_deleted, Organization),
    (post_save, promotions.promotion_changed, SearchPromotion),
    (post_delete, promotions.promotion_changed, SearchPromotion),
    (post_save, promotions.promotion_changed, PromotedQuery),
]
