"""Bulk inserts that bypass the ORM, whose overhead would be half of a rebuild."""

from collections.abc import Sequence
from typing import TypeVar

from django.db import connection
from django.db.models import Model

from .facets import FacetRow
from .rows import Row

R = TypeVar("R", Row, FacetRow)


def insert(model: type[Model], rows: Sequence[R]) -> None:
    """Insert rows whose fields are columns of the model's table.

    Values must be text or numbers. Sends no signals; uses the current transaction.
    """
    if not rows:
        return
    table, columns = model._meta.db_table, ", ".join(rows[0]._fields)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join("%s" for _column in rows[0])
            insert_into = f"INSERT INTO {table} ({columns}) VALUES ({marks})"  # noqa: S608
            cursor.executemany(insert_into, rows)
