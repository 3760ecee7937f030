"""PostgreSQL: its own full text, a weighted tsvector beside each passage."""

from collections.abc import Iterable, Sequence

from django.db import connection

from search.models import POSITION_BITS, Passage
from search.query import Clause, Query, Term, without_accents

from .base import MARK_END, MARK_START
from .plan import EVERY_ITEM, Sql, Words, joined
from .tables import TableEngine

#: Of D, C, B, A: text, keywords, heading, title. Small words count, long passages less.
WEIGHTS = "'{0.2, 0.4, 0.6, 1.0}'"
_LOG_LENGTH = 1

_VECTOR = (
    "setweight(to_tsvector('english', %s), 'A') || "
    "setweight(to_tsvector('english', %s), 'C') || "
    "setweight(to_tsvector('english', %s), 'B') || "
    "setweight(to_tsvector('english', %s), 'D')"
)
_MARKS = f"StartSel={MARK_START}, StopSel={MARK_END}"
_LENGTH = "MaxWords=34, MinWords=20, MaxFragments=1"


class PostgresEngine(TableEngine):
    """The engine of a site on PostgreSQL. Accents are folded here, so that no extension
    of the server is needed."""

    name = "postgresql"

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
        rows = Passage.objects.filter(item_id__in=item_ids).values_list(
            "title", "keywords", "heading", "text", "pk"
        )
        with connection.cursor() as cursor:
            cursor.executemany(
                f"UPDATE search_passage SET words = {_VECTOR} WHERE id = %s",  # noqa: S608
                [(*map(without_accents, row[:4]), row[4]) for row in rows],
            )

    def drop_text(self, item_ids: Sequence[int]) -> None:
        """The words stand in the passages' own rows and go with them."""

    def clear_text(self) -> None:
        """The words stand in the passages' own rows and go with them."""


def _term(term: Term) -> Sql:
    return Sql("phraseto_tsquery('english', %s)", (without_accents(term.text),))


def _any(terms: Iterable[Term]) -> Sql:
    return Sql("(") + joined(list(map(_term, terms)), " || ") + Sql(")")


def _clause(clause: Clause) -> Sql:
    readings = [
        Sql("(") + joined(list(map(_term, reading)), " && ") + Sql(")")
        for reading in clause.readings
    ]
    return Sql("(") + joined(readings, " || ") + Sql(")")


def _items(match: Sql) -> Sql:
    return (
        Sql(f"SELECT id >> {POSITION_BITS} AS item FROM search_passage WHERE words @@")  # noqa: S608
        + match
    )


def _scored(match: Sql) -> Sql:
    return (
        Sql(f"SELECT p.id, p.id >> {POSITION_BITS},")
        + Sql(f"ts_rank({WEIGHTS}, p.words, q.query, {_LOG_LENGTH})::float")
        + Sql("FROM search_passage p CROSS JOIN (SELECT")
        + match
        + Sql("AS query) q WHERE p.words @@ q.query")
    )


def _snippets(match: Sql) -> Sql:
    return (
        Sql(
            "SELECT p.id AS passage, "
            "ts_headline('english', p.heading, q.query, %s) AS heading, "
            "ts_headline('english', p.text, q.query, %s) AS text",
            (f"{_MARKS}, HighlightAll=true", f"{_MARKS}, {_LENGTH}"),
        )
        + Sql("FROM search_passage p CROSS JOIN (SELECT")
        + match
        + Sql("AS query) q WHERE p.words @@ q.query")
        + Sql("AND p.id IN (SELECT passage FROM wanted)")
    )
