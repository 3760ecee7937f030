"""Postings for PostgreSQL: which items and passages contain a stem.

Each generation has one table. A row holds a stem, an item, the term frequency, the
number of passages with the stem (`spread`), the item's length, and `places`: one
integer for each passage, packed from position, frequency and length. Queries scan a
covering index; `places` is read for the top items only.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, groupby, islice

from django.db import connection

from search.models import WHOLE

from .rows import Row
from .sql import Sql, execute, joined, within

#: Bits of a packed place below its position. Larger values would not change a score.
_FREQUENCY_BITS, _LENGTH_BITS = 7, 12
_MOST_OFTEN = (1 << _FREQUENCY_BITS) - 1
_LONGEST = (1 << _LENGTH_BITS) - 1
#: SQL expressions that unpack a `place`.
POSITION = f"(place >> {_FREQUENCY_BITS + _LENGTH_BITS})"
FREQUENCY = f"((place >> {_LENGTH_BITS}) & {_MOST_OFTEN})"
LENGTH = f"(place & {_LONGEST})"

_SMALLINT = (1 << 15) - 1
_ROWS_AT_A_TIME = 5000
_TABLE = """
CREATE TABLE IF NOT EXISTS {table} (
    term text COLLATE "C" NOT NULL, item bigint NOT NULL, frequency smallint NOT NULL,
    spread smallint NOT NULL, length integer NOT NULL, places integer[] NOT NULL
) WITH (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.02)
"""
_INDEX = """
CREATE UNIQUE INDEX IF NOT EXISTS {table}_key
ON {table} (term, item) INCLUDE (frequency, spread, length)
"""
# Query terms are more frequent than the average term. A lower n_distinct keeps the
# planner from nested loops where a scan is faster.
_DISTINCT_VALUES = "ALTER TABLE {table} ALTER COLUMN term SET (n_distinct = 1000)"


def table(generation: int) -> str:
    """Return the name of the table of a generation."""
    return f"search_posting_{int(generation)}"


def create_table(generation: int) -> None:
    """Create the table without its index, which makes bulk inserts fast."""
    for command in (_TABLE, _DISTINCT_VALUES):
        execute(Sql(command.format(table=table(generation))))


def create_index(generation: int) -> None:
    """Create the index that queries use."""
    execute(Sql(_INDEX.format(table=table(generation))))


def drop_table(generation: int) -> None:
    """Drop the table of a generation."""
    execute(Sql(f"DROP TABLE IF EXISTS {table(generation)}"))


def insert_items(passages: Iterable[Row], generation: int) -> None:
    """Insert the postings of whole items, given by all of their passages in order."""
    by_item = groupby(passages, lambda passage: passage.item_id)
    rows = chain.from_iterable(_rows(item, own) for item, own in by_item)
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {table(generation)} FROM STDIN") as copy,
    ):
        while some := "".join(islice(rows, _ROWS_AT_A_TIME)):
            copy.write(some)


def delete_items(passages: Iterable[Row], generation: int) -> None:
    """Delete the postings of whole items, given by all of their passages."""
    pairs = [
        (stem, passage.item_id)
        for passage in passages
        if passage.position == WHOLE
        for stem in set(passage.words.split())
    ]
    execute(
        Sql(
            f"DELETE FROM {table(generation)} p USING "  # noqa: S608
            "unnest(%s::text[], %s::bigint[]) AS gone(term, item) "
            "WHERE p.term = gone.term AND p.item = gone.item",
            ([stem for stem, _item in pairs], [item for _stem, item in pairs]),
        )
    )


def items(stems: Sequence[str], generation: int) -> Sql:
    """Return SELECT (item) of items with any of the stems."""
    found = f"SELECT item FROM {table(generation)} WHERE term"  # noqa: S608
    return Sql(found) + within(tuple(stems))


def items_with_all(stems: Sequence[str], generation: int) -> Sql:
    """Return SELECT (item) of items with all of the stems in one passage."""
    name, (first, *others) = table(generation), stems
    joins = [
        Sql(f"JOIN {name} p{n} ON p{n}.item = p.item AND p{n}.term = %s", (stem,))
        for n, stem in enumerate(others)
    ]
    places = ["p.places", *(f"p{n}.places" for n in range(len(others)))]
    common = " INTERSECT ".join(
        f"SELECT {POSITION} FROM unnest({each}) AS place"  # noqa: S608
        for each in places
    )
    return (
        Sql(f"SELECT p.item AS item FROM {name} p")  # noqa: S608
        + joined(joins, " ")
        + Sql(f"WHERE p.term = %s AND EXISTS ({common})", (first,))
    )


def _rows(item: int, passages: Iterable[Row]) -> Iterator[str]:
    """Yield the rows of one item in the format of COPY.

    Stems consist of word characters only, so nothing needs escaping.
    """
    places: dict[str, list[int]] = defaultdict(list)
    frequency: Counter[str] = Counter()
    for passage in passages:
        if passage.position != WHOLE:
            counts = Counter(passage.words.split())
            frequency.update(counts)
            _add_places(places, passage.position, counts)
    length = frequency.total()
    for stem, found in places.items():
        often = min(frequency[stem], _SMALLINT)
        listed = ",".join(map(str, found))
        yield f"{stem}\t{item}\t{often}\t{len(found)}\t{length}\t{{{listed}}}\n"


def _add_places(
    places: dict[str, list[int]], position: int, counts: Counter[str]
) -> None:
    alone = position << (_FREQUENCY_BITS + _LENGTH_BITS) | min(counts.total(), _LONGEST)
    for stem, number in counts.items():
        places[stem].append(alone + (min(number, _MOST_OFTEN) << _LENGTH_BITS))
