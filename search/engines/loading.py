"""Many rows at once, past the ORM: half of a rebuild would be Django's care for each."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.models import Model


def insert(model: type[Model], rows: Iterable[Model]) -> None:
    """Add the rows, whose every value is there already, and is text or a number.

    Nothing is converted and no signal is sent; within the transaction that is open.
    """
    fields = model._meta.concrete_fields
    names = [field.attname for field in fields if not _is_made_by_database(field)]
    values = [tuple(getattr(row, name) for name in names) for row in rows]
    if not values:
        return
    if connection.vendor == "postgresql":
        _copy(model._meta.db_table, names, values)
        return
    columns, marks = ", ".join(names), ", ".join(["%s"] * len(names))
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {model._meta.db_table} ({columns}) VALUES ({marks})",  # noqa: S608
            values,
        )


def _copy(table: str, names: Sequence[str], values: Sequence[tuple[Any, ...]]) -> None:
    copied = f"COPY {table} ({', '.join(names)}) FROM STDIN"
    with connection.cursor() as cursor, cursor.copy(copied) as copy:
        for row in values:
            copy.write_row(row)


def _is_made_by_database(field: Any) -> bool:
    return bool(field.primary_key and field.get_internal_type() == "BigAutoField")
