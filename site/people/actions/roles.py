"""Roles are Django groups, so that Wagtail's own permissions apply to them.

Which models a role may change is declared by each app in `people.registry`.
"""

from typing import TYPE_CHECKING

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
)

from people import registry
from people.access import TRUSTED, Role

if TYPE_CHECKING:
    from people.models import User


_PAGE_PERMISSIONS = {
    Role.EDITOR: ("add_page", "change_page"),
    Role.MODERATOR: ("add_page", "change_page", "publish_page", "lock_page"),
    Role.ADMINISTRATOR: (
        "add_page",
        "change_page",
        "publish_page",
        "lock_page",
        "unlock_page",
        "bulk_delete_page",
    ),
}


@transaction.atomic
def create_roles() -> None:
    """Create the group of each role and give it at least its permissions; idempotent."""
    groups = {role: Group.objects.get_or_create(name=role.value)[0] for role in Role}
    root = Page.get_first_root_node()
    root_collection = Collection.get_first_root_node()
    if root is None or root_collection is None:  # the tables were flushed
        return
    for role in TRUSTED:
        group = groups[role]
        group.permissions.add(_permission("wagtailadmin", "access_admin"))
        group.permissions.add(*_model_permissions(role))
        for codename in _PAGE_PERMISSIONS[role]:
            GroupPagePermission.objects.get_or_create(
                group=group, page=root, permission=_permission("wagtailcore", codename)
            )
        for app_label, codename in registry.collection_permissions_of(role):
            GroupCollectionPermission.objects.get_or_create(
                group=group,
                collection=root_collection,
                permission=_permission(app_label, codename),
            )


def _permission(app_label: str, codename: str) -> Permission:
    return Permission.objects.get(content_type__app_label=app_label, codename=codename)


def _model_permissions(role: Role) -> list[Permission]:
    found: list[Permission] = []
    for label in registry.models_of(role):
        app_label, _, model = label.partition(".")
        found += Permission.objects.filter(
            content_type__app_label=app_label, content_type__model=model
        )
    return found


def grant_role(*, user: "User", role: Role) -> None:
    """Give the person a role."""
    user.groups.add(Group.objects.get_or_create(name=role.value)[0])


def revoke_role(*, user: "User", role: Role) -> None:
    """Take a role from the person."""
    user.groups.remove(*Group.objects.filter(name=role.value))
