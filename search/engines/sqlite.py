"""SQLite: full text by FTS5, ranked by BM25.

The table `search_text` keeps no text of its own (external content): FTS5 reads the columns
from `search_passage`. Words are stemmed (Porter) and folded (case, accents).
"""

from collections.abc import Iterable, Sequence

from search.models import POSITION_BITS
from search.query import Clause, Query, Term

from .base import MARK_END, MARK_START
from .plan import EVERY_ITEM, Sql, Words, joined
from .tables import TableEngine

#: Of title, keywords, heading, text, in the order of the columns.
WEIGHTS = "5.0, 2.0, 3.0, 1.0"
_SNIPPET_WORDS = 32


class SqliteEngine(TableEngine):
    """The engine of a site on SQLite."""

    name = "sqlite"

    def words(self, query: Query) -> Words:
        excluded = _items(_any(query.excluded)) if query.excluded else None
        if not query.clauses:
            return Words(EVERY_ITEM, Sql("SELECT item FROM scored"), excluded, None)
        wanted = _any(query.terms)
        return Words(
            scored=_scored(wanted),
            strict=joined([_items(_clause(c)) for c in query.clauses], " INTERSECT "),
            excluded=excluded,
            snippets=_snippets(wanted),
        )

    def write_text(self, item_ids: Sequence[int]) -> None:
        self.execute(
            Sql(
                "INSERT INTO search_text(rowid, title, keywords, heading, text) "
                "SELECT id, title, keywords, heading, text FROM search_passage "
                "WHERE item_id IN"
            )
            + _list(item_ids)
        )

    def drop_text(self, item_ids: Sequence[int]) -> None:
        # FTS5 reads the old words from the passages, so these must still be there.
        self.execute(
            Sql(
                "DELETE FROM search_text WHERE rowid IN "
                "(SELECT id FROM search_passage WHERE item_id IN"
            )
            + _list(item_ids)
            + Sql(")")
        )

    def clear_text(self) -> None:
        self.execute(Sql("INSERT INTO search_text(search_text) VALUES ('delete-all')"))


def _list(values: Iterable[int]) -> Sql:
    return Sql(f"({', '.join(str(int(value)) for value in values)})")


def _quoted(term: Term) -> str:
    """An FTS5 string; whatever stands in it is words, never syntax."""
    return '"' + term.text.replace('"', " ") + '"'


def _any(terms: Iterable[Term]) -> str:
    return " OR ".join(map(_quoted, terms))


def _clause(clause: Clause) -> str:
    return " OR ".join(
        "(" + " AND ".join(map(_quoted, reading)) + ")" for reading in clause.readings
    )


def _items(match: str) -> Sql:
    return Sql(
        f"SELECT rowid >> {POSITION_BITS} AS item FROM search_text "  # noqa: S608
        "WHERE search_text MATCH %s",
        (match,),
    )


def _scored(match: str) -> Sql:
    return Sql(
        f"SELECT rowid, rowid >> {POSITION_BITS}, -bm25(search_text, {WEIGHTS}) "  # noqa: S608
        "FROM search_text WHERE search_text MATCH %s",
        (match,),
    )


def _snippets(match: str) -> Sql:
    return Sql(
        "SELECT rowid AS passage, "  # noqa: S608  (constants of ours)
        "highlight(search_text, 2, %s, %s) AS heading, "
        f"snippet(search_text, 3, %s, %s, '…', {_SNIPPET_WORDS}) AS text "
        "FROM search_text WHERE search_text MATCH %s "
        "AND rowid IN (SELECT passage FROM wanted)",
        (MARK_START, MARK_END, MARK_START, MARK_END, match),
    )
