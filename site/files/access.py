"""Who may fetch a file.

A document, a picture or a recording is guarded by its collection: Wagtail's own privacy,
inherited and added up. A picture is guarded by its pages as well: one that stands only on
pages that a person may not see, or on drafts, is not shown to that person even where an
editor forgot to put it into a private collection.

In the CMS an editor meets only what they may see: Wagtail's policies of files and folders,
which its lists and forms ask, are narrowed; see also pages.access.
"""

from typing import TYPE_CHECKING, Any

import wagtail.permissions
from django.contrib.contenttypes.models import ContentType
from django.utils.module_loading import import_string
from wagtail.models import Collection, Page, ReferenceIndex
from wagtail.permission_policies.collections import (
    CollectionManagementPermissionPolicy,
    CollectionOwnershipPermissionPolicy,
)

from people.access import access_of

from .models import Document, Image

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from people.querysets import Viewer


def may_fetch(user: "Viewer | Any", item: Any) -> bool:
    """Whether the person may fetch the file; for documents and media the twin of
    `visible_to`, for pictures narrower by their pages."""
    access = access_of(user)
    if not access.may_see_collection(item.collection.path):
        return False
    if not isinstance(item, Image) or access.passes_everything:
        return True
    return _stands_where_seen(item, user)


def _stands_where_seen(image: Image, user: "Viewer | Any") -> bool:
    """Whether the picture stands nowhere yet, beside pages, or on a page that is seen."""
    standing = ReferenceIndex.get_references_to(image).values_list(
        "base_content_type", "object_id"
    )
    page_type = ContentType.objects.get_for_model(Page).pk
    pages = [int(pk) for base, pk in standing if base == page_type]
    if len(pages) < len(standing) or not pages:
        return True
    access = access_of(user)
    editor = user.has_perm("wagtailadmin.access_admin")
    seen = access.edit_q if editor else access.page_q
    return Page.objects.filter(seen, pk__in=pages).exists()


class OpenFilesPolicy(CollectionOwnershipPermissionPolicy):
    """Wagtail's policy of files without what is kept for groups of others."""

    def user_has_any_permission_for_instance(
        self, user: Any, actions: "Iterable[str]", instance: Any
    ) -> bool:
        path = instance.collection.path
        return access_of(user).may_edit_in_collection(path) and bool(
            super().user_has_any_permission_for_instance(user, actions, instance)
        )

    def instances_user_has_any_permission_for(
        self, user: Any, actions: "Iterable[str]"
    ) -> "QuerySet[Any]":
        items = super().instances_user_has_any_permission_for(user, actions)
        return items.filter(access_of(user).edit_collection_q)

    def collections_user_has_any_permission_for(
        self, user: Any, actions: "Iterable[str]"
    ) -> "QuerySet[Collection]":
        folders = super().collections_user_has_any_permission_for(user, actions)
        return folders.filter(access_of(user).open_collections_q)


class OpenFoldersPolicy(CollectionManagementPermissionPolicy):
    """Wagtail's policy of folders without those of groups of others."""

    def user_has_any_permission_for_instance(
        self, user: Any, actions: "Iterable[str]", instance: Collection
    ) -> bool:
        return access_of(user).may_edit_in_collection(instance.path) and bool(
            super().user_has_any_permission_for_instance(user, actions, instance)
        )

    def collections_user_has_any_permission_for(
        self, user: Any, actions: "Iterable[str]"
    ) -> "QuerySet[Collection]":
        folders = super().collections_user_has_any_permission_for(user, actions)
        return folders.filter(access_of(user).open_collections_q)

    def instances_user_has_permission_for(
        self, user: Any, action: str
    ) -> "QuerySet[Collection]":
        folders = super().instances_user_has_permission_for(user, action)
        return folders.filter(access_of(user).open_collections_q)


def narrow_file_policies() -> None:
    """From now on Wagtail's own policy objects answer as the two above.

    Wagtail's modules hold those very objects, so they change their class.
    """
    for policy in _policies_of_files():
        policy.__class__ = OpenFilesPolicy
    folders = wagtail.permissions.collection_permission_policy
    folders.__class__ = OpenFoldersPolicy


def _policies_of_files() -> list[Any]:
    media = [
        import_string("wagtailmedia.permissions.permission_policy"),
        import_string("wagtailmedia.wagtail_hooks.permission_policy"),
        import_string("wagtailmedia.views.media.permission_checker").policy,
        import_string("wagtailmedia.views.chooser.permission_checker").policy,
    ]
    registry = getattr(wagtail.permissions, "policy_registry", None)
    if registry is not None:  # from Wagtail 8 on
        return [registry.get_by_type(Document), registry.get_by_type(Image), *media]
    return [
        import_string("wagtail.documents.permissions.permission_policy"),
        import_string("wagtail.images.permissions.permission_policy"),
        *media,
    ]
