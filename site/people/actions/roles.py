"""Roles are Django groups, so that Wagtail's own permissions apply to them."""

from collections.abc import Container
from typing import TYPE_CHECKING

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
)

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
_FILES = ("document", "image", "media")
_FILE_PERMISSIONS = {
    Role.EDITOR: ("add", "change", "choose"),
    Role.MODERATOR: ("add", "change", "choose", "delete"),
    Role.ADMINISTRATOR: ("add", "change", "choose", "delete"),
}
# app label → model → roles that may add, change, delete and view it in the CMS.
_MODEL_PERMISSIONS: dict[str, dict[str, Container[Role]]] = {
    "pages": {"topic": TRUSTED, "audience": TRUSTED},
    "learning_sessions": {"series": TRUSTED},
    "people": {
        "contributor": TRUSTED,
        "organization": {Role.MODERATOR, Role.ADMINISTRATOR},
        "organizationmembership": {Role.MODERATOR, Role.ADMINISTRATOR},
        "workinggroup": {Role.MODERATOR, Role.ADMINISTRATOR},
        "workinggroupmembership": {Role.MODERATOR, Role.ADMINISTRATOR},
        "user": {Role.ADMINISTRATOR},
    },
    "auth": {"group": {Role.ADMINISTRATOR}},
    "wagtailcore": {
        "site": {Role.ADMINISTRATOR},
        "collection": {Role.MODERATOR, Role.ADMINISTRATOR},
        "workflow": {Role.ADMINISTRATOR},
        "task": {Role.ADMINISTRATOR},
    },
    "wagtailsearchpromotions": {"searchpromotion": TRUSTED},
    "search": {
        "searchterm": TRUSTED,
        "indexchange": {Role.MODERATOR, Role.ADMINISTRATOR},
    },
    "wagtailredirects": {"redirect": {Role.MODERATOR, Role.ADMINISTRATOR}},
}


@transaction.atomic
def provision_roles() -> None:
    """Every role's group exists with at least its permissions; repeating is harmless."""
    groups = {role: Group.objects.get_or_create(name=role.value)[0] for role in Role}
    root = Page.get_first_root_node()
    folder = Collection.get_first_root_node()
    if root is None or folder is None:  # flushed: there is nothing to have rights on
        return
    for role in TRUSTED:
        group = groups[role]
        group.permissions.add(
            Permission.objects.get(
                codename="access_admin", content_type__app_label="wagtailadmin"
            )
        )
        for codename in _PAGE_PERMISSIONS[role]:
            permission = Permission.objects.get(
                codename=codename, content_type__app_label="wagtailcore"
            )
            GroupPagePermission.objects.get_or_create(
                group=group, page=root, permission=permission
            )
        for permission in _file_permissions(role):
            GroupCollectionPermission.objects.get_or_create(
                group=group, collection=folder, permission=permission
            )
        group.permissions.add(*_model_permissions(role))


def _file_permissions(role: Role) -> list[Permission]:
    names = [f"{verb}_{kind}" for verb in _FILE_PERMISSIONS[role] for kind in _FILES]
    return list(
        Permission.objects.filter(codename__in=names, content_type__app_label="files")
    )


def _model_permissions(role: Role) -> list[Permission]:
    found: list[Permission] = []
    for app, models in _MODEL_PERMISSIONS.items():
        mine = [model for model, roles in models.items() if role in roles]
        found += Permission.objects.filter(
            content_type__app_label=app, content_type__model__in=mine
        )
    return found


def give_role(*, user: "User", role: Role) -> None:
    """The person has the role."""
    user.groups.add(Group.objects.get_or_create(name=role.value)[0])


def take_role(*, user: "User", role: Role) -> None:
    """The person no longer has the role."""
    user.groups.remove(*Group.objects.filter(name=role.value))
