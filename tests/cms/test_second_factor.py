"""Everybody who enters the CMS needs a second factor, with or without a trusted role."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group, Permission
from wagtail.models import GroupPagePermission, Page

from people.models import User
from tests.factories import HomePageFactory, community_member

pytestmark = pytest.mark.django_db

SET_UP = "/accounts/2fa/"
URLS = ("/cms/", "/cms/pages/", "/cms/documents/")


@pytest.fixture
def branch_editor(organization: Any) -> User:
    """Create somebody who may edit one branch, by a group of the CMS, not by a role."""
    home = HomePageFactory()
    group = Group.objects.create(name="Translators")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    change = Permission.objects.get(
        codename="change_page", content_type__app_label="wagtailcore"
    )
    GroupPagePermission.objects.create(group=group, page=home, permission=change)
    user = community_member(
        email="tara@example.org", name="Tara", organization=organization
    )
    user.groups.add(group)
    return user


@pytest.mark.parametrize("url", URLS)
def test_a_person_without_a_trusted_role_sets_up_a_factor_before_the_cms(
    client_of: Any, branch_editor: User, url: str
) -> None:
    answer = client_of(branch_editor).get(url)
    assert (answer.status_code, answer["Location"]) == (302, SET_UP)


def test_outside_the_cms_no_second_factor_is_asked_of_them(
    client_of: Any, branch_editor: User
) -> None:
    assert client_of(branch_editor).get("/").status_code == 200


def test_with_a_second_factor_they_edit_their_branch(
    client_of: Any, branch_editor: User
) -> None:
    Authenticator.objects.create(
        user=branch_editor, type=Authenticator.Type.TOTP, data={"secret": "x"}
    )
    client = client_of(branch_editor)
    assert client.get("/cms/").status_code == 200
    home = Page.objects.get(depth=2)
    assert client.get(f"/cms/pages/{home.pk}/edit/").status_code == 200


def test_members_find_no_cms_and_are_asked_for_nothing(
    client_of: Any, stranger: User
) -> None:
    HomePageFactory()
    assert client_of(stranger).get("/cms/").status_code == 404
