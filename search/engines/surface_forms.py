"""Words as written, passage by passage, for phrases and prefixes on PostgreSQL.

Each generation has a table with a tsvector for each passage. Words are folded before,
so the server's `simple` dictionary leaves them unchanged.
"""

from collections.abc import Collection

from search.models import POSITION_BITS, WHOLE
from search.query import Term

from .sql import Sql, execute, numbers

#: A tsvector is limited to a megabyte; the rest of a longer passage is not included.
_LONGEST = 200_000
_TABLE = """
CREATE TABLE IF NOT EXISTS {table} (passage bigint PRIMARY KEY, words tsvector NOT NULL)
WITH (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.02)
"""
_INDEX = "CREATE INDEX IF NOT EXISTS {table}_words ON {table} USING gin (words)"
_POSITION = (1 << POSITION_BITS) - 1


def table(generation: int) -> str:
    """Return the name of the table of a generation."""
    return f"search_written_{int(generation)}"


def create_table(generation: int) -> None:
    """Create the table without its index."""
    execute(Sql(_TABLE.format(table=table(generation))))


def create_index(generation: int) -> None:
    """Create the index that queries use."""
    execute(Sql(_INDEX.format(table=table(generation))))


def drop_table(generation: int) -> None:
    """Drop the table of a generation."""
    execute(Sql(f"DROP TABLE IF EXISTS {table(generation)}"))


def insert_items(item_ids: Collection[int], generation: int) -> None:
    """Insert the passages of items, which are already stored."""
    execute(
        Sql(
            f"INSERT INTO {table(generation)} (passage, words) "  # noqa: S608
            f"SELECT id, to_tsvector('simple', left(exact, {_LONGEST})) "
            f"FROM search_passage WHERE (id & {_POSITION}) > {WHOLE} AND item_id IN"
        )
        + numbers(item_ids)
    )


def delete_items(item_ids: Collection[int], generation: int) -> None:
    """Delete all passages of the items."""
    first = [pk << POSITION_BITS for pk in item_ids]
    execute(
        Sql(
            f"DELETE FROM {table(generation)} w USING unnest(%s::bigint[]) AS gone(first) "  # noqa: S608
            f"WHERE w.passage BETWEEN gone.first AND gone.first + {_POSITION}",
            (first,),
        )
    )


def items(term: Term, generation: int) -> Sql:
    """Return SELECT (item), once for each passage that contains the literal term."""
    found = f"SELECT passage >> {POSITION_BITS} AS item FROM"
    return Sql(found) + rows_with(term, generation)


def rows_with(term: Term, generation: int) -> Sql:
    """Return the table with a WHERE clause for passages that contain the term."""
    return Sql(
        f"{table(generation)} WHERE words @@ to_tsquery('simple', %s)",
        (_tsquery(term),),
    )


def _tsquery(term: Term) -> str:
    """Return a tsquery of adjacent words, the last one possibly a prefix."""
    phrase = " <-> ".join(f"'{word}'" for word in term.words)
    return f"{phrase}:*" if term.prefix and phrase else phrase
