"""Export or erase everything that the site stores about a person.

Each app declares its own part in `people.registry`.
"""

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import models, transaction

from people import registry

if TYPE_CHECKING:
    from collections.abc import Iterable

    from people.models import User

# Never exported, not even to its owner: it would let others sign in.
SECRET = frozenset({"password", "session_key", "data", "token", "key", "key_hash"})


@transaction.atomic
def export_personal_data(*, user: "User") -> dict[str, Any]:
    """Return everything that the apps store about the person, ready for JSON.

    The account comes first, then the apps from the lowest layer up.
    """
    exported: dict[str, Any] = {}
    for declared in registry.personal_data():
        part = declared.export(user)
        if twice := exported.keys() & part.keys():
            msg = f"Two apps export {', '.join(sorted(twice))}."
            raise ValueError(msg)
        exported |= part
    return exported


@transaction.atomic
def erase_personal_data(*, user: "User") -> None:
    """Let every app erase its part, from the highest layer down; the account comes last."""
    for declared in reversed(registry.personal_data()):
        declared.erase(user)


def export_rows(*, user: "User", relations: "Iterable[str]") -> dict[str, Any]:
    """Return all rows that point at the account through some foreign keys.

    A relation is written "files.Document.uploaded_by_user". Fields that would let others
    sign in are omitted, and relations without rows.
    """
    exported: dict[str, Any] = {}
    for relation in relations:
        label, _, field = relation.rpartition(".")
        model = apps.get_model(label)
        rows = model._base_manager.filter(**{field: user.pk}).order_by("pk")
        if found := [export_row(row) for row in rows]:
            exported[f"{model._meta.label_lower} ({field})"] = found
    return exported


def export_row(row: models.Model) -> dict[str, Any]:
    """Return the fields of one row, except secrets and keys that mean nothing outside."""
    return {
        str(each.name): _value(each.value_from_object(row))
        for each in row._meta.concrete_fields
        if each.name not in SECRET and not _is_link_to_self(each)
    }


def _is_link_to_self(field: models.Field) -> bool:
    return bool(field.primary_key or getattr(field.remote_field, "parent_link", False))


def _value(value: Any) -> Any:
    if isinstance(value, dt.datetime | dt.date):
        return value.isoformat()
    if value is None or isinstance(value, bool | int | float | str):
        return value
    return str(value)
