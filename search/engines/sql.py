"""Pieces of SQL with their parameters."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection


@dataclass(frozen=True, slots=True)
class Sql:
    """A piece of a statement with its parameters."""

    text: str
    params: tuple[Any, ...] = ()

    def __add__(self, other: "Sql") -> "Sql":
        return Sql(f"{self.text} {other.text}", (*self.params, *other.params))


def joined(parts: Iterable[Sql], between: str) -> Sql:
    """The pieces with a word between them."""
    kept = list(parts)
    return Sql(
        between.join(part.text for part in kept),
        tuple(param for part in kept for param in part.params),
    )


def within(values: "frozenset[str] | tuple[str, ...]") -> Sql:
    """`IN (…)` with a parameter for each value; false for all where there is no value."""
    if not values:
        return Sql("IN (NULL)")
    return Sql(f"IN ({', '.join(['%s'] * len(values))})", tuple(sorted(values)))


def numbers(values: Iterable[int]) -> Sql:
    """`(1, 2, 3)`, written out: there may be more than a statement has parameters for."""
    return Sql(f"({', '.join(str(int(value)) for value in values)})")


def execute(sql: Sql) -> None:
    """Run a statement that answers nothing."""
    with connection.cursor() as cursor:
        cursor.execute(sql.text, sql.params or None)


def rows(sql: Sql) -> list[tuple[Any, ...]]:
    """Run a statement and take all that it answers."""
    with connection.cursor() as cursor:
        cursor.execute(sql.text, sql.params or None)
        return list(cursor.fetchall())
