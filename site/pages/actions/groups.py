"""A working group's page, its collection of documents, and the privacy of both."""

from typing import TYPE_CHECKING, Any

from django.db import transaction
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    PageViewRestriction,
)

from pages.models import WorkingGroupPage

if TYPE_CHECKING:
    from pages.models import WorkingGroupIndex
    from people.models import WorkingGroup


@transaction.atomic
def create_group_page(
    *,
    parent: "WorkingGroupIndex",
    working_group: "WorkingGroup",
    summary: str = "",
    owner: Any = None,
) -> WorkingGroupPage:
    """Create a live page and a collection that only members of the group see.

    Raise ValidationError where the group has a page already.
    """
    page = WorkingGroupPage(
        title=working_group.name,
        summary=summary,
        group=working_group,
        owner=owner,
        live=False,
    )
    parent.add_child(instance=page)
    page.save_revision(user=owner).publish(user=owner, skip_permission_checks=True)
    page.refresh_from_db()
    return page


@transaction.atomic
def restrict_to_group(*, page: WorkingGroupPage) -> None:
    """Restrict a page that goes live to its group; one that was live stays as it is.

    The collection is created once, and kept when an older revision without it is
    published. The page itself is not saved: this runs just before that.
    """
    saved = WorkingGroupPage.objects.filter(pk=page.pk).first()
    collection = page.collection_id or (saved and saved.collection_id)
    page.collection_id = collection or _create_collection(page)
    if saved and saved.live:
        return
    if not PageViewRestriction.objects.filter(page_id=page.pk).exists():
        restriction = PageViewRestriction.objects.create(
            page_id=page.pk, restriction_type=PageViewRestriction.GROUPS
        )
        restriction.groups.add(page.group.group)


def _create_collection(page: WorkingGroupPage) -> int:
    root = Collection.get_first_root_node()
    collection: Collection = root.add_child(name=page.group.name)
    restriction = CollectionViewRestriction.objects.create(
        collection=collection, restriction_type=CollectionViewRestriction.GROUPS
    )
    restriction.groups.add(page.group.group)
    return int(collection.pk)
