"""What the site holds about a person, whichever app holds it."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import models

if TYPE_CHECKING:
    from .users import User

# Never leaves the house, not even to its owner: it would let others sign in.
SECRET = frozenset({"password", "session_key", "data", "token", "key"})


def held_about(user: "User") -> dict[str, Any]:
    """Every row that points at the account, by kind; fit for JSON.

    Found through the models themselves, so that an app added later is not forgotten.
    """
    held: dict[str, Any] = {"account": _plain(user)}
    held["groups"] = sorted(user.groups.values_list("name", flat=True))
    for model, field in _pointing_at(user.__class__):
        rows = model._base_manager.filter(**{field: user.pk}).order_by("pk")
        if found := [_plain(row) for row in rows]:
            kind = f"{model._meta.label_lower} ({field})"
            held[kind] = found
    return held


def _pointing_at(target: type[models.Model]) -> list[tuple[type[models.Model], str]]:
    found = []
    for model in apps.get_models(include_auto_created=False):
        for field in model._meta.local_fields:
            if field.is_relation and field.related_model is target:
                found.append((model, field.name))
    return sorted(found, key=lambda each: (each[0]._meta.label_lower, each[1]))


def _plain(row: models.Model) -> dict[str, Any]:
    fields = [each for each in row._meta.concrete_fields if each.name not in SECRET]
    return {
        str(each.name): _value(each.value_from_object(row))
        for each in fields
        if not _is_link_to_self(each)
    }


def _is_link_to_self(field: models.Field) -> bool:
    return bool(field.primary_key or getattr(field.remote_field, "parent_link", False))


def _value(value: Any) -> Any:
    if isinstance(value, dt.datetime | dt.date):
        return value.isoformat()
    if value is None or isinstance(value, bool | int | float | str):
        return value
    return str(value)
