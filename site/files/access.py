"""Who may fetch a file, and which files the CMS shows.

A document, an image or a recording is protected by its collection: Wagtail's own privacy,
inherited and added up. An image is protected by its pages as well: readers get it only while
it is on a live page that they may see. An image on no page is not open to them.

In the CMS editors find only what they may see, and get those files: `narrow_file_policies`
narrows Wagtail's permission policies for files and collections, which its lists, forms and
previews ask. An image that is or was only on pages that the CMS hides from an editor is
hidden as well.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import wagtail.permissions
from django.db.models import Q
from django.utils.module_loading import import_string
from wagtail.models import Collection, Page
from wagtail.permission_policies.collections import (
    CollectionManagementPermissionPolicy,
    CollectionOwnershipPermissionPolicy,
)

from people.access import access_of
from people.models import PUBLIC

from .models import Document, Image, PictureUse

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
    passes = access.passes(rule)
    if isinstance(item, Image):
        allowed = (passes and _is_on_visible_page(item, access)) or (
            user.has_perm("wagtailadmin.access_admin") and cms_shows_image(access, item)
        )
        return FetchDecision(allowed=allowed)
    return FetchDecision(allowed=passes, public=rule == PUBLIC)


def may_fetch(user: "Viewer | Any", item: Any) -> bool:
    """Return whether the user may fetch the file.

    For documents and recordings the predicate twin of `visible_to`; for images narrower, by
    the pages that they are on.
    """
    return decide_fetch(user, item).allowed


def _is_on_visible_page(image: Image, access: "Access") -> bool:
    """Return whether a live page that the user may see shows the image."""
    pages = Page.objects.filter(access.page_q)
    return image.uses.filter(published=True, page__in=pages).exists()


def cms_shows_image(access: "Access", image: Image) -> bool:
    """Return whether the CMS shows an editor the image; the predicate twin of `cms_image_q`."""
    return (
        access.passes_everything
        or Image.objects.filter(cms_image_q(access), pk=image.pk).exists()
    )


def cms_image_q(access: "Access") -> Q:
    """Images that the CMS shows an editor: those on no page, or on one that it shows."""
    if access.passes_everything:
        return Q()
    pages = Page.objects.filter(access.cms_page_q)
    seen = PictureUse.objects.filter(page__in=pages).values("image")
    hidden = PictureUse.objects.exclude(image__in=seen).values_list("image", flat=True)
    # As a list of keys: Wagtail's search of images understands no subquery.
    return access.cms_file_q & ~Q(pk__in=set(hidden))


class VisibleFilesPolicy(CollectionOwnershipPermissionPolicy):
    """Wagtail's policy for files, without those of groups that the user is not in."""

    def user_has_any_permission_for_instance(
        self, user: Any, actions: "Iterable[str]", instance: Any
    ) -> bool:
        return self._shows(access_of(user), instance) and bool(
            super().user_has_any_permission_for_instance(user, actions, instance)
        )

    def instances_user_has_any_permission_for(
        self, user: Any, actions: "Iterable[str]"
    ) -> "QuerySet[Any]":
        items = super().instances_user_has_any_permission_for(user, actions)
        access = access_of(user)
        shown = cms_image_q(access) if self.model is Image else access.cms_file_q
        return items.filter(shown)

    def _shows(self, access: "Access", item: Any) -> bool:
        if isinstance(item, Image):
            return cms_shows_image(access, item)
        return access.cms_shows_collection(item.collection.path)

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
