"""People and organizations: what they show, and that they show it no longer."""

from collections.abc import Iterable
from typing import Any

from people.models import Organization, User
from search import actions

from .keys import ORGANIZATION, PERSON

# What an account has that members do not see.
_UNSEEN_FIELDS = frozenset({"last_login", "password"})


def person_changed(
    instance: User, update_fields: Iterable[str] | None = None, **_kwargs: Any
) -> None:
    """A person changed what members see of them, or wants to be found no longer: then
    nobody finds them from now on. Signing in changes nothing."""
    if update_fields is not None and _UNSEEN_FIELDS.issuperset(update_fields):
        return
    found = instance.listed and instance.is_active and instance.name
    change = actions.note_changes if found else actions.conceal
    change(source=PERSON, object_ids=[instance.pk])


def person_deleted(instance: User, **_kwargs: Any) -> None:
    """An account is no more."""
    actions.conceal(source=PERSON, object_ids=[instance.pk])


def organization_changed(instance: Organization, **_kwargs: Any) -> None:
    """An organization has other words, or is not to be seen by visitors any more."""
    change = actions.note_changes if instance.listed else actions.conceal
    change(source=ORGANIZATION, object_ids=[instance.pk])


def organization_deleted(instance: Organization, **_kwargs: Any) -> None:
    """An organization is no more."""
    actions.conceal(source=ORGANIZATION, object_ids=[instance.pk])
