"""Export or erase everything that the site stores about a person.

Each app declares its own part in `people.registry`.
"""

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.db import transaction

from people import registry

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from people.models import User


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


def export_rows(
    rows: "QuerySet[Any]", *columns: str, **named: Any
) -> list[dict[str, Any]]:
    """Return some columns of rows, ready for JSON.

    Each app names the columns, so that a column which is added later is not exported before
    somebody has thought of it. `named` columns are expressions.
    """
    found = rows.order_by("pk").values(*columns, **named)
    return [{key: _value(value) for key, value in row.items()} for row in found]


def _value(value: Any) -> Any:
    if isinstance(value, dt.datetime | dt.date):
        return value.isoformat()
    if value is None or isinstance(value, bool | int | float | str):
        return value
    return str(value)
