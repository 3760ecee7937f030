"""SQL fragments with their parameters."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection


@dataclass(frozen=True, slots=True)
class Sql:
    """An SQL fragment with its parameters."""

    text: str
    params: tuple[Any, ...] = ()

    def __add__(self, other: "Sql") -> "Sql":
        return Sql(f"{self.text} {other.text}", (*self.params, *other.params))


def joined(parts: Iterable[Sql], between: str) -> Sql:
    """Join fragments with a separator."""
    kept = list(parts)
    return Sql(
        between.join(part.text for part in kept),
        tuple(param for part in kept for param in part.params),
    )


def within(values: "frozenset[str] | tuple[str, ...]") -> Sql:
    """Return `IN (…)` with a parameter for each value; false if there is none."""
    if not values:
        return Sql("IN (NULL)")
    return Sql(f"IN ({', '.join(['%s'] * len(values))})", tuple(sorted(values)))


def numbers(values: Iterable[int]) -> Sql:
    """Return `(1, 2, 3)` as literals, as there may be more than the limit of parameters."""
    return Sql(f"({', '.join(str(int(value)) for value in values)})")


def execute(sql: Sql) -> None:
    """Execute a statement without a result."""
    with connection.cursor() as cursor:
        cursor.execute(sql.text, sql.params or None)


def rows(sql: Sql) -> list[tuple[Any, ...]]:
    """Execute a statement and fetch all rows."""
    with connection.cursor() as cursor:
        cursor.execute(sql.text, sql.params or None)
        return list(cursor.fetchall())
