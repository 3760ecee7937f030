"""Embedded engine for PostgreSQL, ranked by BM25 over a table of postings.

Each generation has two tables: stems in `postings`, literal words in `surface_forms`.
All text is analyzed before, so the server's dictionaries are not used.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.db import connection

from search.query import Query, Term, stem_weights

from . import bm25, postings, surface_forms
from .clause_bits import clause_bits
from .rows import Row
from .sql import Sql, execute, joined
from .tables import TableEngine
from .term_lookup import TermSelects, select_terms


class PostgresEngine(TableEngine):
    """Engine of a site on PostgreSQL."""

    name = "postgresql"
    age = "(%s::date - i.date)::float8"
    concat_facets = "STRING_AGG(facet_ids, ' ')"

    def select_terms(self, query: Query, generation: int) -> TermSelects:
        """Select terms; if all are single stems, find strict matches while scoring."""
        words = select_terms(query, self, generation)
        told = clause_bits(query)
        if told is None:
            return words
        return replace(
            words,
            scored=bm25.score_items(stem_weights(query.terms), generation, told.bits),
            strict=Sql(f"SELECT item FROM scored WHERE {told.condition}"),  # noqa: S608
        )

    def score_items(self, stems: Mapping[str, float], generation: int) -> Sql:
        """See `TermLookup`."""
        return bm25.score_items(stems, generation)

    def items_with(self, stems: Sequence[str], generation: int) -> Sql:
        """See `TermLookup`."""
        return postings.items(stems, generation)

    def items_with_together(self, terms: Sequence[Term], generation: int) -> Sql:
        """See `TermLookup`."""
        ways = [
            surface_forms.items(term, generation) for term in terms if term.is_literal
        ]
        ways += [
            postings.items_with_all(stems, generation)
            for term in terms
            for stems in term.alternatives
        ]
        return joined(ways, " UNION ALL ")

    def score_passages(self, terms: Sequence[Term], generation: int) -> Sql:
        """See `TermLookup`."""
        return bm25.score_passages(terms, generation)

    def create_text(self, generation: int) -> None:
        """See `TableEngine.create_text`."""
        postings.create_table(generation)
        surface_forms.create_table(generation)

    def optimize(self, generation: int) -> None:
        """Create indexes and update statistics; see `Engine.optimize`.

        Inserting without indexes takes a fifth of the time, so they are created last.
        VACUUM enables index-only scans; it cannot run inside a transaction, where
        autovacuum follows within minutes.
        """
        postings.create_index(generation)
        surface_forms.create_index(generation)
        own = f"{postings.table(generation)}, {surface_forms.table(generation)}"
        if not connection.in_atomic_block:
            execute(Sql(f"VACUUM {own}"))
        execute(Sql(f"ANALYZE {own}, search_indexeditem"))

    def drop_text(self, generation: int) -> None:
        """See `TableEngine.drop_text`."""
        postings.drop_table(generation)
        surface_forms.drop_table(generation)

    def write_text(self, passages: Sequence[Row], generation: int) -> None:
        """See `TableEngine.write_text`."""
        postings.insert_items(passages, generation)
        surface_forms.insert_items(
            {passage.item_id for passage in passages}, generation
        )

    def delete_text(self, passages: Sequence[Row], generation: int) -> None:
        """See `TableEngine.delete_text`."""
        postings.delete_items(passages, generation)
        surface_forms.delete_items(
            {passage.item_id for passage in passages}, generation
        )
