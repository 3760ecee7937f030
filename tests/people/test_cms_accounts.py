"""Accounts in the CMS: refused input, and what a form cannot give."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse

from people.actions import Role
from people.models import User, WorkingGroup
from tests.factories import HomePageFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _home(db: None) -> None:
    HomePageFactory()


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("email", "nobody", "valid email address"),
        ("email", "MEMBER@example.org", "already exists"),
        ("name", "", "This field is required"),
        ("groups", "999999", "not one of the available choices"),
    ],
)
def test_an_account_that_is_not_right_is_refused(
    client_of: Any, administrator: User, member: User, field: str, value: str, told: str
) -> None:
    before = User.objects.count()
    data = {"email": "new@example.org", "name": "Nia", field: value}
    answer = client_of(administrator).post(reverse("wagtailusers_users:add"), data)
    assert answer.status_code == 200
    assert told in answer.content.decode()
    assert User.objects.count() == before


def test_membership_is_not_given_as_a_role(
    client_of: Any, administrator: User, working_group: WorkingGroup
) -> None:
    members = Group.objects.get(name=Role.MEMBER)
    for group in (members, working_group.group):
        data = {"email": "new@example.org", "name": "Nia", "groups": [group.pk]}
        answer = client_of(administrator).post(reverse("wagtailusers_users:add"), data)
        assert answer.status_code == 200
    assert not User.objects.filter(email="new@example.org").exists()


def test_a_permission_given_by_hand_reaches_only_its_model(client_of: Any) -> None:
    group = Group.objects.create(name="Registrars")
    for codename in ("access_admin", "change_organization"):
        group.permissions.add(Permission.objects.get(codename=codename))
    person = UserFactory()
    person.groups.add(group)
    assert person.is_staff
    assert person.has_perm("people.change_organization")
    for permission in ("people.add_organization", "people.change_workinggroup"):
        assert not person.has_perm(permission)
