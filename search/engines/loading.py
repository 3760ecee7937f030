"""Many rows at once, past the ORM: half of a rebuild would be Django's care for each."""

from collections.abc import Sequence
from typing import TypeVar

from django.db import connection
from django.db.models import Model

from .facets import FacetRow
from .rows import Row

R = TypeVar("R", Row, FacetRow)


def insert(model: type[Model], rows: Sequence[R]) -> None:
    """Add the rows, whose fields are columns of the model's table, text or numbers.

    Nothing is converted and no signal is sent; within the transaction that is open.
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
