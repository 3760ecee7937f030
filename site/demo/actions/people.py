"""Organizations, members, working groups and bylines."""

from dataclasses import dataclass, field
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.hashers import make_password

from demo.content import Text, content_files, table
from people.actions import (
    Role,
    create_roles,
    create_working_group,
    grant_role,
    join_organization,
    join_working_group,
)
from people.models import Contributor, Organization, User, WorkingGroup

from .tally import Tally


@dataclass
class People:
    """The people and groups of the demonstration, by the names that content files use."""

    organizations: dict[str, Organization] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    groups: dict[str, WorkingGroup] = field(default_factory=dict)
    bylines: dict[str, Contributor] = field(default_factory=dict)


def create_people(tally: Tally) -> People:
    """Create organizations, members, working groups and bylines that do not exist yet."""
    create_roles()
    people = People()
    lists = table("people")
    for facts in table("organizations")["organization"]:
        _organization(people, facts, tally)
    password = make_password(settings.DEMONSTRATION_PASSWORD)
    for facts in lists["member"]:
        _member(people, facts, password, tally)
    for text in content_files("groups"):
        _group(people, text, tally)
    for facts in [*lists["member"], *lists["byline"]]:
        _byline(people, facts, tally)
    return people


def _organization(people: People, facts: dict[str, Any], tally: Tally) -> None:
    made, new = Organization.objects.get_or_create(
        name=facts["name"],
        defaults={
            "kind": facts["kind"],
            "place": facts["place"],
            "about": facts["about"],
            "listed": facts["visitors"],
        },
    )
    people.organizations[made.name] = made
    tally.made("organization", new=new)


def _member(people: People, facts: dict[str, Any], password: str, tally: Tally) -> None:
    user = User.objects.filter(email=facts["email"]).first()
    tally.made("member", new=user is None)
    if user is None:
        user = _new_member(people, facts)
        if facts.get("signs_in"):
            User.objects.filter(pk=user.pk).update(password=password)
    people.users[user.email] = user


def _new_member(people: People, facts: dict[str, Any]) -> User:
    role = facts.get("role")
    user = User.objects.create_user(
        facts["email"],
        name=facts["name"],
        pronouns=facts.get("pronouns", ""),
        about=facts["about"],
        listed=facts["found"],
        is_superuser=role == Role.ADMINISTRATOR,
    )
    EmailAddress.objects.create(
        user=user, email=user.email, verified=True, primary=True
    )
    join_organization(
        user=user,
        organization=people.organizations[facts["organization"]],
        role="lead" if facts.get("lead") else "member",
    )
    if role:
        grant_role(user=user, role=Role(role))
    return user


def _group(people: People, text: Text, tally: Tally) -> None:
    facts = text.facts
    group = WorkingGroup.objects.filter(name=facts["name"]).first()
    tally.made("working group", new=group is None)
    if group is None:
        group = create_working_group(name=facts["name"], purpose=facts["purpose"])
        for each in facts["members"]:
            join_working_group(
                user=people.users[each["email"]],
                working_group=group,
                role="lead" if each.get("lead") else "member",
                shown=each.get("named", False),
            )
    people.groups[group.name] = group


def _byline(people: People, facts: dict[str, Any], tally: Tally) -> None:
    """Create a byline; it names account and organization of those who chose to be found."""
    name = facts.get("byline", facts["name"])
    found = facts.get("found", False)
    made, new = Contributor.objects.get_or_create(
        name=name,
        defaults={
            "about": facts["about"] if found or "email" not in facts else "",
            "user": people.users[facts["email"]] if found else None,
            "organization": people.organizations[facts["organization"]]
            if found
            else None,
        },
    )
    people.bylines[name] = made
    tally.made("byline", new=new)
