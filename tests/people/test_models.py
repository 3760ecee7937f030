"""Truths about accounts, memberships and groups that the database or the models hold."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction

from people.actions import create_working_group
from people.models import (
    Contributor,
    OrganizationMembership,
    User,
    WorkingGroup,
    WorkingGroupMembership,
    new_public_id,
)
from people.models.identifiers import ALPHABET, LENGTH, PublicIdField
from tests.factories import ContributorFactory, OrganizationFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_an_address_is_stored_in_lower_case() -> None:
    user = User.objects.create_user(" Robin@Example.ORG ")
    assert user.email == "robin@example.org"
    assert User.objects.get_by_natural_key("ROBIN@example.org") == user
    user.email = "Other@Example.org"
    user.save()
    assert User.objects.get(pk=user.pk).email == "other@example.org"


def test_the_database_refuses_an_address_in_upper_case_and_a_second_account() -> None:
    user = UserFactory(email="robin@example.org")
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=user.pk).update(email="Robin@example.org")
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create_user("ROBIN@example.org")


def test_an_account_without_a_password_cannot_sign_in_by_password() -> None:
    user = User.objects.create_user("robin@example.org")
    assert not user.has_usable_password()


def test_a_person_is_shown_by_name_never_by_a_part_of_the_address() -> None:
    named = UserFactory(name="Robin Example")
    assert (str(named), named.get_full_name()) == ("Robin Example", "Robin Example")
    assert named.get_short_name() == "Robin"
    nameless = UserFactory(name="", email="kim@example.org")
    shown = {str(nameless), nameless.get_full_name(), nameless.get_short_name()}
    assert shown == {"A member"}


def test_public_ids_are_random_and_can_be_read_aloud() -> None:
    made = {new_public_id() for _ in range(1000)}
    assert len(made) == 1000
    assert all(re.fullmatch(f"[{ALPHABET}]{{{LENGTH}}}", each) for each in made)
    assert not set(ALPHABET) & set("aeiou01l")


def test_a_public_id_is_unique_and_its_migration_repeats_no_options() -> None:
    first, second = UserFactory(), UserFactory()
    assert first.public_id != second.public_id
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=second.pk).update(public_id=first.public_id)
    _, _, args, kwargs = PublicIdField().deconstruct()
    assert (args, kwargs) == ([], {})
    assert PublicIdField().unique


def test_a_working_group_and_its_permission_group_share_a_name() -> None:
    group = create_working_group(name="Dawn", purpose="A guide")
    assert group.group.name == "Working group: Dawn"
    group.name = "Dusk"
    group.save()
    assert Group.objects.get(pk=group.group_id).name == "Working group: Dusk"
    assert WorkingGroup.objects.get(pk=group.pk).group_id == group.group_id


def test_a_second_working_group_of_one_name_leaves_no_permission_group() -> None:
    create_working_group(name="Dawn")
    before = Group.objects.count()
    with pytest.raises(IntegrityError), transaction.atomic():
        create_working_group(name="Dawn")
    assert Group.objects.count() == before


def test_a_deleted_working_group_takes_its_permission_group_along() -> None:
    group = create_working_group(name="Dawn")
    group.delete()
    assert not Group.objects.filter(name="Working group: Dawn").exists()


def test_a_person_is_in_an_organization_or_group_once(
    member: User, organization: Any, working_group: Any
) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        OrganizationMembership.objects.create(user=member, organization=organization)
    with pytest.raises(IntegrityError), transaction.atomic():
        WorkingGroupMembership.objects.create(user=member, working_group=working_group)


def test_a_contributor_outlives_organization_and_account() -> None:
    organization, user = OrganizationFactory(), UserFactory()
    byline = ContributorFactory(name="Mika", organization=organization, user=user)
    organization.delete()
    user.delete()
    byline.refresh_from_db()
    assert (str(byline), byline.organization, byline.user) == ("Mika", None, None)


def test_an_account_has_one_contributor_at_most() -> None:
    user = UserFactory()
    ContributorFactory(user=user)
    with pytest.raises(IntegrityError), transaction.atomic():
        Contributor.objects.create(name="Again", user=user)


def test_rows_have_readable_names(
    member: User, organization: Any, working_group: Any
) -> None:
    assert str(organization) == "Lantern House"
    assert str(member.organization_memberships.get()) == "Mika · Lantern House"
    assert str(member.working_group_memberships.get()) == "Mika · Night shifts"
