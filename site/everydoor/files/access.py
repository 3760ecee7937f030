"""Who may fetch a file.

A document, a picture or a recording is guarded by its collection: Wagtail's own privacy,
inherited and added up. A picture is guarded by its pages as well: one that stands only on
pages that a person may not see, or on drafts, is not shown to that person even where an
editor forgot to put it into a private collection.
"""

from typing import Any

from wagtail.models import Page, ReferenceIndex

from people.access import access_of

from .models import Image


def may_fetch(user: Any, item: Any) -> bool:
    """Whether the person may fetch the file; for documents and media the twin of
    `visible_to`, for pictures narrower by their pages."""
    access = access_of(user)
    if not access.may_see_collection(item.collection.path):
        return False
    if not isinstance(item, Image) or access.passes_everything:
        return True
    return _stands_where_seen(item, user)


def _stands_where_seen(image: Image, user: Any) -> bool:
    pages = [
        int(row.base_object_id if hasattr(row, "base_object_id") else row.object_id)
        for row in ReferenceIndex.get_references_to(image)
        if row.base_content_type_id and _is_page(row)
    ]
    if not pages or user.has_perm("wagtailadmin.access_admin"):
        return True
    return Page.objects.filter(pk__in=pages).filter(access_of(user).page_q).exists()


def _is_page(row: ReferenceIndex) -> bool:
    model = row.base_content_type.model_class()
    return model is not None and issubclass(model, Page)
