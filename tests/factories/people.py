"""People, organizations and working groups."""

from typing import Any

import factory
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.models import Group

from people.actions import (
    Role,
    create_working_group,
    grant_role,
    join_organization,
    join_working_group,
)
from people.actions.roles import TRUSTED
from people.models import Contributor, Organization, User, WorkingGroup
from people.querysets import MEMBERS

PASSWORD = "a door that is open at night"  # noqa: S105


def members_group() -> Group:
    """Return the permission group of all members of the community."""
    return Group.objects.get_or_create(name=MEMBERS)[0]


class UserFactory(factory.django.DjangoModelFactory):
    """An account with a confirmed e-mail address and a password, without memberships."""

    class Meta:
        model = User

    email = factory.Sequence(lambda n: f"person{n}@example.org")
    name = factory.Sequence(lambda n: f"Robin Example {n}")

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **fields: Any) -> User:
        password = fields.pop("password", PASSWORD)
        user = User.objects.create_user(password=password, **fields)
        EmailAddress.objects.create(
            user=user, email=user.email, verified=True, primary=True
        )
        return user


class OrganizationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Organization

    name = factory.Sequence(lambda n: f"Lantern House {n}")
    kind = Organization.Kind.SUPPORTIVE
    place = "Smithers"
    about = "Eleven beds, a garden, and somebody awake at night."
    listed = True


class ContributorFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Contributor

    name = factory.Sequence(lambda n: f"A member {n}")


class WorkingGroupFactory(factory.django.DjangoModelFactory):
    """A working group with its permission group; `members` and `leads` join it."""

    class Meta:
        model = WorkingGroup

    name = factory.Sequence(lambda n: f"Night shifts {n}")
    purpose = "A guide to the hours between eleven and seven."

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **fields: Any) -> WorkingGroup:
        members, leads = fields.pop("members", ()), fields.pop("leads", ())
        group = create_working_group(name=fields.pop("name"), purpose=fields["purpose"])
        for name, value in fields.items():
            setattr(group, name, value)
        group.save()
        for user in members:
            join_working_group(user=user, working_group=group)
        for user in leads:
            join_working_group(user=user, working_group=group, role="lead")
        return group


def community_member(**fields: Any) -> User:
    """Create a user who belongs to an organization, and so to the community."""
    organization = fields.pop("organization", None) or OrganizationFactory()
    role = fields.pop("organization_role", "member")
    user = UserFactory(**fields)
    join_organization(user=user, organization=organization, role=role)
    return user


def with_role(role: Role, **fields: Any) -> User:
    """Create a member with a role; one with a trusted role has a second factor."""
    user = community_member(**fields)
    grant_role(user=user, role=role)
    if role in TRUSTED and not Authenticator.objects.filter(user=user).exists():
        TOTP.activate(user, generate_totp_secret())
    return user
