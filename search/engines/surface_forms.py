"""Words as they are written, passage by passage; kept for PostgreSQL.

Each generation has a table with a tsvector beside each passage: for quotation marks and for
beginnings of words. The words were folded before, so the server's `simple` dictionary
changes nothing.
"""

from collections.abc import Collection

from search.models import POSITION_BITS, WHOLE
from search.query import Term

from .sql import Sql, execute, numbers

#: A tsvector holds a megabyte at most; what follows in a longer passage is not in it.
_LONGEST = 200_000
_TABLE = """
CREATE TABLE IF NOT EXISTS {table} (passage bigint PRIMARY KEY, words tsvector NOT NULL)
WITH (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.02)
"""
_INDEX = "CREATE INDEX IF NOT EXISTS {table}_words ON {table} USING gin (words)"
_POSITION = (1 << POSITION_BITS) - 1


def table(generation: int) -> str:
    """The name of the table of a generation."""
    return f"search_written_{int(generation)}"


def create_table(generation: int) -> None:
    """The table of a generation, without the index for words."""
    execute(Sql(_TABLE.format(table=table(generation))))


def create_index(generation: int) -> None:
    """The index that questions read."""
    execute(Sql(_INDEX.format(table=table(generation))))


def drop_table(generation: int) -> None:
    """The table of a generation, and all that stands in it."""
    execute(Sql(f"DROP TABLE IF EXISTS {table(generation)}"))


def insert_items(item_ids: Collection[int], generation: int) -> None:
    """Add the passages of the items, which are there already."""
    execute(
        Sql(
            f"INSERT INTO {table(generation)} (passage, words) "  # noqa: S608
            f"SELECT id, to_tsvector('simple', left(exact, {_LONGEST})) "
            f"FROM search_passage WHERE (id & {_POSITION}) > {WHOLE} AND item_id IN"
        )
        + numbers(item_ids)
    )


def delete_items(item_ids: Collection[int], generation: int) -> None:
    """Take all passages of the items away."""
    first = [pk << POSITION_BITS for pk in item_ids]
    execute(
        Sql(
            f"DELETE FROM {table(generation)} w USING unnest(%s::bigint[]) AS gone(first) "  # noqa: S608
            f"WHERE w.passage BETWEEN gone.first AND gone.first + {_POSITION}",
            (first,),
        )
    )


def items(term: Term, generation: int) -> Sql:
    """SELECT (item), once for each passage in which the term is written so."""
    found = f"SELECT passage >> {POSITION_BITS} AS item FROM"
    return Sql(found) + rows_with(term, generation)


def rows_with(term: Term, generation: int) -> Sql:
    """The table, and which of its rows have the term."""
    return Sql(
        f"{table(generation)} WHERE words @@ to_tsquery('simple', %s)",
        (_tsquery(term),),
    )


def _tsquery(term: Term) -> str:
    """The words next to each other; the last one may be a mere beginning."""
    phrase = " <-> ".join(f"'{word}'" for word in term.words)
    return f"{phrase}:*" if term.prefix and phrase else phrase
