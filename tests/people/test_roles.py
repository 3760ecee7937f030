"""What each role may do in the CMS: declared by the apps, given to the groups."""

import pytest
from django.contrib.auth.models import Group, Permission
from wagtail.models import GroupCollectionPermission, GroupPagePermission

from people import registry
from people.access import TRUSTED, Role, is_trusted
from people.actions import create_roles, grant_role, revoke_role
from people.models import User
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
EVERY_TRUSTED_ROLE = {"pages.topic", "pages.audience", "people.contributor"}
MODERATORS = {
    "people.organization",
    "people.organizationmembership",
    "people.workinggroup",
    "people.workinggroupmembership",
    "wagtailredirects.redirect",
}
ADMINISTRATORS = {"people.user", "auth.group", "wagtailcore.site"}
# Migrations of Wagtail give editors and moderators its own models, which stay unused.
GIVEN_BY_WAGTAIL = {
    "wagtailadmin.admin",
    "wagtaildocs.document",
    "wagtailimages.image",
    "wagtailmedia.media",
}


def test_apps_declare_which_roles_may_change_their_models() -> None:
    editor, moderator, administrator = (
        set(registry.models_of(role))
        for role in (Role.EDITOR, Role.MODERATOR, Role.ADMINISTRATOR)
    )
    assert editor >= EVERY_TRUSTED_ROLE
    assert moderator >= EVERY_TRUSTED_ROLE | MODERATORS
    assert administrator >= EVERY_TRUSTED_ROLE | MODERATORS | ADMINISTRATORS
    assert editor.isdisjoint(MODERATORS | ADMINISTRATORS)
    assert moderator.isdisjoint(ADMINISTRATORS)
    assert registry.models_of(Role.MEMBER) == []


@pytest.mark.parametrize("role", sorted(TRUSTED))
def test_a_group_has_exactly_the_permissions_of_its_declared_models(role: Role) -> None:
    group = Group.objects.get(name=role)
    given = {
        f"{each.content_type.app_label}.{each.content_type.model}"
        for each in group.permissions.select_related("content_type")
    }
    assert given - GIVEN_BY_WAGTAIL == set(registry.models_of(role))
    assert group.permissions.filter(codename="access_admin").exists()


def test_only_moderators_and_administrators_publish() -> None:
    publishers = GroupPagePermission.objects.filter(
        permission__codename="publish_page"
    ).values_list("group__name", flat=True)
    assert set(publishers) >= {Role.MODERATOR, Role.ADMINISTRATOR}
    assert Role.EDITOR not in publishers
    assert Role.MEMBER not in publishers


def test_editors_add_files_but_do_not_delete_them() -> None:
    def verbs(role: Role) -> set[str]:
        rows = GroupCollectionPermission.objects.filter(group__name=role)
        return set(rows.values_list("permission__codename", flat=True))

    assert {"add_document", "choose_image", "change_media"} <= verbs(Role.EDITOR)
    assert not any(verb.startswith("delete") for verb in verbs(Role.EDITOR))
    assert {"delete_document", "delete_image", "delete_media"} <= verbs(Role.MODERATOR)
    assert verbs(Role.MEMBER) == set()


def test_creating_the_roles_again_changes_nothing_and_keeps_what_was_added() -> None:
    group = Group.objects.get(name=Role.EDITOR)
    extra = Permission.objects.get(codename="view_group")
    group.permissions.add(extra)
    before = (
        set(group.permissions.values_list("pk", flat=True)),
        GroupPagePermission.objects.count(),
        GroupCollectionPermission.objects.count(),
    )
    create_roles()
    assert before == (
        set(group.permissions.values_list("pk", flat=True)),
        GroupPagePermission.objects.count(),
        GroupCollectionPermission.objects.count(),
    )


def test_a_missing_role_is_created_again_with_its_permissions() -> None:
    Group.objects.filter(name=Role.MODERATOR).delete()
    create_roles()
    moderator = UserFactory()
    grant_role(user=moderator, role=Role.MODERATOR)
    assert moderator.has_perm("people.change_workinggroup")
    assert not moderator.has_perm("people.change_user")


@pytest.mark.parametrize("role", list(Role))
def test_a_role_is_granted_and_revoked(role: Role, organization: object) -> None:
    user = UserFactory()
    grant_role(user=user, role=role)
    if role == Role.MEMBER:  # follows from memberships alone
        assert not user.groups.exists()
        return
    assert is_trusted(User.objects.get(pk=user.pk))
    assert user.has_perm("wagtailadmin.access_admin")
    revoke_role(user=user, role=role)
    fresh = User.objects.get(pk=user.pk)
    assert not is_trusted(fresh)
    assert not fresh.has_perm("wagtailadmin.access_admin")


def test_a_deactivated_editor_has_no_rights(editor: User) -> None:
    assert is_trusted(editor)
    assert editor.is_staff
    User.objects.filter(pk=editor.pk).update(is_active=False)
    fresh = User.objects.get(pk=editor.pk)
    assert not is_trusted(fresh)
    assert not fresh.is_staff
