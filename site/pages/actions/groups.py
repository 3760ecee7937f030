"""A working group's page, its folder of documents, and their privacy: one step."""

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
def open_group_page(
    *,
    parent: "WorkingGroupIndex",
    working_group: "WorkingGroup",
    summary: str = "",
    owner: Any = None,
) -> WorkingGroupPage:
    """The group has a live page and a folder that only its members see.

    Raises django.core.exceptions.ValidationError where the group has a page already.
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
def keep_for_group(*, page: WorkingGroupPage) -> None:
    """A page that goes live is closed to others first; one that was live stays as it is.

    Its folder is made once and never lost to an older version. The page is not saved: it is
    in the middle of that.
    """
    saved = WorkingGroupPage.objects.filter(pk=page.pk).first()
    folder = page.collection_id or (saved and saved.collection_id)
    page.collection_id = folder or _new_folder(page)
    if saved and saved.live:
        return
    # A page may have been closed more than once; each time is enough.
    if not PageViewRestriction.objects.filter(page_id=page.pk).exists():
        closed = PageViewRestriction.objects.create(
            page_id=page.pk, restriction_type=PageViewRestriction.GROUPS
        )
        closed.groups.add(page.group.group)


def _new_folder(page: WorkingGroupPage) -> int:
    root = Collection.get_first_root_node()
    folder: Collection = root.add_child(name=page.group.name)
    closed = CollectionViewRestriction.objects.create(
        collection=folder, restriction_type=CollectionViewRestriction.GROUPS
    )
    closed.groups.add(page.group.group)
    return int(folder.pk)
