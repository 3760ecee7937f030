"""Who may fetch a file, and which files the CMS shows.

A document, an image or a recording is protected by its collection: Wagtail's own privacy,
inherited and added up. An image is protected by its pages as well: if all pages that it is
on are drafts or hidden from the user, the user does not get the image either, even if an
editor forgot to move it into a private collection.

In the CMS editors find only what they may see: `narrow_file_policies` narrows Wagtail's
permission policies for files and collections, which its lists and forms ask.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import wagtail.permissions
from django.contrib.contenttypes.models import ContentType
from django.utils.module_loading import import_string
from wagtail.models import Collection, Page, ReferenceIndex
from wagtail.permission_policies.collections import (
    CollectionManagementPermissionPolicy,
    CollectionOwnershipPermissionPolicy,
)

from people.access import PUBLIC, access_of

from .models import Document, Image

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from people.access import Access
    from people.querysets import Viewer


@dataclass(frozen=True)
class FetchDecision:
    """Whether a user may fetch a file, and whether everybody may."""

    allowed: bool
    #: Whether a shared cache may store the file. Never for images: their pages may change.
    public: bool = False


def decide_fetch(user: "Viewer | Any", item: Any) -> FetchDecision:
    """Decide once per request who gets the file of a document, image or recording."""
    access = access_of(user)
    rule = access.restrictions.rule_of_collection(item.collection.path)
    if not access.passes(rule):
        return FetchDecision(allowed=False)
    if not isinstance(item, Image):
        return FetchDecision(allowed=True, public=rule == PUBLIC)
    allowed = access.passes_everything or _is_on_visible_page(item, user, access)
    return FetchDecision(allowed=allowed)


def may_fetch(user: "Viewer | Any", item: Any) -> bool:
    """Return whether the user may fetch the file.

    For documents and recordings the predicate twin of `visible_to`; for images narrower, by
    the pages that they are on.
    """
    return decide_fetch(user, item).allowed


def _is_on_visible_page(image: Image, user: "Viewer | Any", access: "Access") -> bool:
    """Return whether the image is on a page that the user may see, or on no page at all."""
    references = ReferenceIndex.get_references_to(image).values_list(
        "base_content_type", "object_id"
    )
    page_type = ContentType.objects.get_for_model(Page).pk
    pages = [int(pk) for base, pk in references if base == page_type]
    if len(pages) < len(references) or not pages:
        return True
    is_editor = user.has_perm("wagtailadmin.access_admin")
    visible = access.cms_page_q if is_editor else access.page_q
    return Page.objects.filter(visible, pk__in=pages).exists()


class VisibleFilesPolicy(CollectionOwnershipPermissionPolicy):
    """Wagtail's policy for files, without those of groups that the user is not in."""

    def user_has_any_permission_for_instance(
        self, user: Any, actions: "Iterable[str]", instance: Any
    ) -> bool:
        path = instance.collection.path
        return access_of(user).cms_shows_collection(path) and bool(
            super().user_has_any_permission_for_instance(user, actions, instance)
        )

    def instances_user_has_any_permission_for(
        self, user: Any, actions: "Iterable[str]"
    ) -> "QuerySet[Any]":
        items = super().instances_user_has_any_permission_for(user, actions)
        return items.filter(access_of(user).cms_file_q)

    def collections_user_has_any_permission_for(
        self, user: Any, actions: "Iterable[str]"
    ) -> "QuerySet[Collection]":
        collections = super().collections_user_has_any_permission_for(user, actions)
        return collections.filter(access_of(user).cms_collection_q)


class VisibleCollectionsPolicy(CollectionManagementPermissionPolicy):
    """Wagtail's policy for collections, without those of groups that the user is not in."""

    def user_has_any_permission_for_instance(
        self, user: Any, actions: "Iterable[str]", instance: Collection
    ) -> bool:
        return access_of(user).cms_shows_collection(instance.path) and bool(
            super().user_has_any_permission_for_instance(user, actions, instance)
        )

    def collections_user_has_any_permission_for(
        self, user: Any, actions: "Iterable[str]"
    ) -> "QuerySet[Collection]":
        collections = super().collections_user_has_any_permission_for(user, actions)
        return collections.filter(access_of(user).cms_collection_q)

    def instances_user_has_permission_for(
        self, user: Any, action: str
    ) -> "QuerySet[Collection]":
        collections = super().instances_user_has_permission_for(user, action)
        return collections.filter(access_of(user).cms_collection_q)


def narrow_file_policies() -> None:
    """Make Wagtail's own policy objects hide what the two classes above hide.

    Wagtail's modules hold references to those objects, so their class is changed in place.
    """
    for policy in _file_policies():
        policy.__class__ = VisibleFilesPolicy
    collections = wagtail.permissions.collection_permission_policy
    collections.__class__ = VisibleCollectionsPolicy


def _file_policies() -> list[Any]:
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
