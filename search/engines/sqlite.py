"""SQLite: full text by FTS5, ranked by BM25.

Each generation has a table `search_text_<generation>`, which keeps no text of its own
(external content): FTS5 reads the columns from `search_passage`. Words come analysed, so
the tokenizer splits at blanks and changes nothing.
"""

from collections.abc import Iterable, Sequence

from search.models import POSITION_BITS
from search.query import Term

from .sql import Sql, execute, numbers
from .tables import TableEngine

_TABLE = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS {name} USING fts5("
    "words, exact, content='search_passage', content_rowid='id', columnsize=1, "
    "tokenize=\"unicode61 remove_diacritics 0 tokenchars '_'\")"
)


class SqliteEngine(TableEngine):
    """The engine of a site on SQLite."""

    name = "sqlite"

    age = "(julianday(%s) - julianday(i.date))"

    def scored(self, terms: Sequence[Term], generation: int) -> Sql:
        """See `TableEngine.scored`."""
        text = _text(generation)
        return Sql(
            f"SELECT rowid, rowid >> {POSITION_BITS}, -bm25({text}) "  # noqa: S608
            f"FROM {text} WHERE {text} MATCH %s",
            (_any(terms),),
        )

    def items(self, terms: Sequence[Term], generation: int) -> Sql:
        """See `TableEngine.items`."""
        text = _text(generation)
        return Sql(
            f"SELECT rowid >> {POSITION_BITS} AS item FROM {text} "  # noqa: S608
            f"WHERE {text} MATCH %s",
            (_any(terms),),
        )

    def open_text(self, generation: int) -> None:
        """See `TableEngine.open_text`."""
        execute(Sql(_TABLE.format(name=_text(generation))))

    def drop_text(self, generation: int) -> None:
        """See `TableEngine.drop_text`."""
        execute(Sql(f"DROP TABLE IF EXISTS {_text(generation)}"))

    def write_text(self, item_ids: Sequence[int], generation: int) -> None:
        """See `TableEngine.write_text`."""
        execute(
            Sql(
                f"INSERT INTO {_text(generation)}(rowid, words, exact) "  # noqa: S608
                "SELECT id, words, exact FROM search_passage WHERE item_id IN"
            )
            + numbers(item_ids)
        )

    def forget_text(self, item_ids: Sequence[int], generation: int) -> None:
        """See `TableEngine.forget_text`."""
        # FTS5 reads the old words from the passages, so these must still be there.
        execute(
            Sql(
                f"DELETE FROM {_text(generation)} WHERE rowid IN "  # noqa: S608
                "(SELECT id FROM search_passage WHERE item_id IN"
            )
            + numbers(item_ids)
            + Sql(")")
        )


def _text(generation: int) -> str:
    return f"search_text_{int(generation)}"


def _quoted(words: Iterable[str]) -> str:
    """An FTS5 phrase; whatever stands in it is words, never syntax."""
    return '"' + " ".join(words) + '"'


def _term(term: Term) -> str:
    if term.literal:
        begun = " *" if term.prefix else ""
        return f"(exact : {_quoted(term.words)}{begun})"
    ways = (
        " AND ".join(_quoted((stem,)) for stem in stems) for stems in term.alternatives
    )
    return "(words : (" + " OR ".join(f"({way})" for way in ways) + "))"


def _any(terms: Iterable[Term]) -> str:
    return " OR ".join(map(_term, terms))
