"""Receivers for people and organizations."""

from collections.abc import Iterable
from typing import Any

from people.models import Organization, User
from search import actions

from .keys import ORGANIZATION, PERSON

# Fields of an account that members do not see.
_UNSEEN_FIELDS = frozenset({"last_login", "password"})


def person_changed(
    instance: User, update_fields: Iterable[str] | None = None, **_kwargs: Any
) -> None:
    """Update a person, or conceal them if they are no longer listed.

    Signing in changes nothing.
    """
    if update_fields is not None and _UNSEEN_FIELDS.issuperset(update_fields):
        return
    found = instance.listed and instance.is_active and instance.name
    change = actions.note_changes if found else actions.conceal
    change(source=PERSON, object_ids=[instance.pk])


def person_deleted(instance: User, **_kwargs: Any) -> None:
    """Conceal a deleted account."""
    actions.conceal(source=PERSON, object_ids=[instance.pk])


def organization_changed(instance: Organization, **_kwargs: Any) -> None:
    """Update an organization, or conceal it if visitors may no longer see it."""
    change = actions.note_changes if instance.listed else actions.conceal
    change(source=ORGANIZATION, object_ids=[instance.pk])


def organization_deleted(instance: Organization, **_kwargs: Any) -> None:
    """Conceal a deleted organization."""
    actions.conceal(source=ORGANIZATION, object_ids=[instance.pk])
