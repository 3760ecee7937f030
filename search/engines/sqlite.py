"""Embedded engine for SQLite: FTS5, ranked by its BM25.

Each generation has two external-content tables: `search_whole_<generation>` over the
rows that hold whole items, `search_text_<generation>` over their passages. FTS5 reads
the columns from `search_passage`. Text is analyzed before, so the tokenizer only splits
at blanks; it does not know scripts added after Unicode 6.1.
"""

from collections.abc import Iterable, Mapping, Sequence

from search.models import POSITION_BITS, WHOLE
from search.query import Term

from .rows import Row
from .sql import Sql, execute, joined, numbers
from .tables import TableEngine

_TABLE = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS {table} USING fts5("
    "{columns}, content='search_passage', content_rowid='id', "
    "tokenize=\"unicode61 remove_diacritics 0 tokenchars '_'\")"
)
_POSITION = f"(id & {(1 << POSITION_BITS) - 1})"


class SqliteEngine(TableEngine):
    """Engine of a site on SQLite."""

    name = "sqlite"

    age = "(julianday(%s) - julianday(i.date))"
    concat_facets = "GROUP_CONCAT(facet_ids, ' ')"

    def score_items(self, stems: Mapping[str, float], generation: int) -> Sql:
        """See `TermLookup`."""
        whole = _whole(generation)
        ways = [
            Sql(
                f"SELECT rowid >> {POSITION_BITS} AS item, -bm25({whole}) * {weight} "  # noqa: S608
                f"AS score FROM {whole} WHERE {whole} MATCH %s",
                (_any_stem(each for each in stems if stems[each] == weight),),
            )
            for weight in sorted(set(stems.values()))
        ]
        return _summed(ways, "item")

    def items_with(self, stems: Sequence[str], generation: int) -> Sql:
        """See `TermLookup`."""
        whole = _whole(generation)
        return _items(whole, _any_stem(stems))

    def items_with_together(self, terms: Sequence[Term], generation: int) -> Sql:
        """See `TermLookup`."""
        return _items(_text(generation), _any(terms))

    def score_passages(self, terms: Sequence[Term], generation: int) -> Sql:
        """See `TermLookup`."""
        text = _text(generation)
        ways = [
            Sql(
                f"SELECT rowid AS passage, rowid >> {POSITION_BITS} AS item, "  # noqa: S608
                f"-bm25({text}) * {weight} AS score FROM {text} WHERE {text} MATCH %s "
                f"AND (rowid >> {POSITION_BITS}) IN (SELECT id FROM top)",
                (_any(each for each in terms if each.weight == weight),),
            )
            for weight in sorted({each.weight for each in terms})
        ]
        return _summed(ways, "passage, item")

    def create_text(self, generation: int) -> None:
        """See `TableEngine.create_text`."""
        whole, text = _whole(generation), _text(generation)
        execute(Sql(_TABLE.format(table=whole, columns="words")))
        execute(Sql(_TABLE.format(table=text, columns="words, exact")))

    def drop_text(self, generation: int) -> None:
        """See `TableEngine.drop_text`."""
        for table in (_whole(generation), _text(generation)):
            execute(Sql(f"DROP TABLE IF EXISTS {table}"))

    def optimize(self, generation: int) -> None:
        """Do nothing: FTS5 merges its segments as it writes."""

    def write_text(self, passages: Sequence[Row], generation: int) -> None:
        """See `TableEngine.write_text`."""
        wanted = numbers({passage.item_id for passage in passages})
        for table, columns, where in _parts(generation):
            execute(
                Sql(
                    f"INSERT INTO {table}(rowid, {columns}) SELECT id, {columns} "  # noqa: S608
                    f"FROM search_passage WHERE {where} AND item_id IN"
                )
                + wanted
            )

    def delete_text(self, passages: Sequence[Row], generation: int) -> None:
        """See `TableEngine.delete_text`."""
        wanted = numbers({passage.item_id for passage in passages})
        for table, _columns, where in _parts(generation):
            # FTS5 reads the old text from the passages, which must still exist.
            execute(
                Sql(
                    f"DELETE FROM {table} WHERE rowid IN "  # noqa: S608
                    f"(SELECT id FROM search_passage WHERE {where} AND item_id IN"
                )
                + wanted
                + Sql(")")
            )


def _whole(generation: int) -> str:
    return f"search_whole_{int(generation)}"


def _text(generation: int) -> str:
    return f"search_text_{int(generation)}"


def _parts(generation: int) -> tuple[tuple[str, str, str], ...]:
    """Return each table, its columns, and the condition on its rows of `search_passage`."""
    return (
        (_whole(generation), "words", f"{_POSITION} = {WHOLE}"),
        (_text(generation), "words, exact", f"{_POSITION} > {WHOLE}"),
    )


def _summed(ways: Sequence[Sql], unit: str) -> Sql:
    """Add up the scores of each unit.

    FTS5 cannot weight single terms, so terms of each weight are selected separately.
    """
    if len(ways) == 1:
        return ways[0]
    found = Sql(f"SELECT {unit}, SUM(score) AS score FROM (")  # noqa: S608
    return found + joined(ways, " UNION ALL ") + Sql(f") ways GROUP BY {unit}")


def _items(table: str, match: str) -> Sql:
    return Sql(
        f"SELECT rowid >> {POSITION_BITS} AS item FROM {table} WHERE {table} MATCH %s",  # noqa: S608
        (match,),
    )


def _quoted(words: Iterable[str]) -> str:
    """Return an FTS5 phrase; its content is never parsed as syntax."""
    return '"' + " ".join(words) + '"'


def _any_stem(stems: Iterable[str]) -> str:
    return " OR ".join(_quoted((stem,)) for stem in stems)


def _term(term: Term) -> str:
    if term.is_literal:
        begun = " *" if term.prefix else ""
        return f"(exact : {_quoted(term.words)}{begun})"
    ways = (
        " AND ".join(_quoted((stem,)) for stem in stems) for stems in term.alternatives
    )
    return "(words : (" + " OR ".join(f"({way})" for way in ways) + "))"


def _any(terms: Iterable[Term]) -> str:
    return " OR ".join(map(_term, terms))
