"""Receivers of the signals of Django and Wagtail."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import Group
from django.db.models import QuerySet

from people.actions import end_community_membership, sync_groups
from people.models import OrganizationMembership
from people.querysets import rights_changed


def membership_changed(*, instance: Any, **kwargs: Any) -> None:
    """Synchronize the groups of a user after a membership was saved or deleted.

    With the last organization, membership of the community ends. Not when the account itself
    is deleted: then there is no user left.
    """
    origin = kwargs.get("origin")
    deleted = origin.model if isinstance(origin, QuerySet) else type(origin)
    if not kwargs.get("raw") and not issubclass(deleted, AbstractBaseUser):
        if origin is not None and isinstance(instance, OrganizationMembership):
            end_community_membership(user_id=instance.user_id)
        sync_groups(users=[instance.user_id])


def groups_changed(
    *, instance: Any, action: str, reverse: bool, pk_set: set[int] | None, **kwargs: Any
) -> None:
    """Undo changes to groups that contradict the memberships, after any change to groups."""
    if not action.startswith("post_"):
        return
    for cache in ("_perm_cache", "_group_perm_cache", "_user_perm_cache"):
        if hasattr(instance, cache):
            delattr(instance, cache)
    if reverse:
        sync_groups(users=pk_set)
    else:
        sync_groups(users=[instance.pk])


def delete_permission_group(*, instance: Any, **kwargs: Any) -> None:
    """Delete the permission group of a deleted working group."""
    Group.objects.filter(pk=instance.group_id).delete()
    rights_changed()


def invalidate_rights(**kwargs: Any) -> None:
    """Invalidate cached rights after a restriction, or what it applies to, changed."""
    rights_changed()
