"""Terms of a query as SQL fragments, for `sql_statement.statement`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from search.query import Clause, Query, Term, stem_weights

from .sql import Sql, joined


class TermLookup(Protocol):
    """How a database looks terms up in a generation."""

    @property
    def age(self) -> str:
        """SQL for the days between a parameter and `i.date`."""
        ...

    def score_items(self, stems: Mapping[str, float], generation: int) -> Sql:
        """Return SELECT (item, score) of items with any of the stems, each item once.

        The score is BM25 over whole items, higher is better; `stems` maps stems to
        weights.
        """
        ...

    def items_with(self, stems: Sequence[str], generation: int) -> Sql:
        """Return SELECT (item) of items with any of the stems."""
        ...

    def items_with_together(self, terms: Sequence[Term], generation: int) -> Sql:
        """Return SELECT (item) of items with all of a term in one passage; may repeat items."""
        ...

    def score_passages(self, terms: Sequence[Term], generation: int) -> Sql:
        """Return SELECT (passage, item, score) of passages with any of the terms.

        Limited to items of the CTE `top`; the score is BM25 over passages.
        """
        ...


@dataclass(frozen=True, slots=True)
class TermSelects:
    """The terms of a query as SELECT fragments."""

    #: (item, score).
    scored: Sql
    #: (item) with every term.
    strict: Sql
    #: (item) with every required clause.
    required: Sql | None
    #: (item) with an excluded term.
    excluded: Sql | None
    #: (passage, item, score) of the items in `top`; None if the query has no terms.
    passages: Sql | None
    #: Days between a parameter and `i.date`.
    age: str


def select_terms(query: Query, lookup: TermLookup, generation: int) -> TermSelects:
    """Return the fragments that look up the terms of the query in a generation."""
    queries = _QueryLookup(lookup, generation)
    required = [queries.clause(each) for each in query.required]
    strict = [queries.clause(each) for each in query.clauses]
    return TermSelects(
        scored=queries.scored(query.terms) if strict else _every_item(generation),
        strict=_all(strict) if strict else Sql("SELECT item FROM scored"),
        required=_all(required) if required else None,
        excluded=queries.items(query.excluded) if query.excluded else None,
        passages=lookup.score_passages(query.terms, generation) if strict else None,
        age=lookup.age,
    )


@dataclass(frozen=True, slots=True)
class _QueryLookup:
    """Looks up terms and clauses in one generation."""

    lookup: TermLookup
    generation: int

    def items(self, terms: Sequence[Term]) -> Sql:
        """Select items with any of the terms."""
        plain = [term for term in terms if term.is_single_stem]
        others = [term for term in terms if not term.is_single_stem]
        ways = []
        if plain:
            ways.append(
                self.lookup.items_with(tuple(stem_weights(plain)), self.generation)
            )
        if others:
            ways.append(self.lookup.items_with_together(others, self.generation))
        return joined(ways, " UNION ALL ")

    def scored(self, terms: Sequence[Term]) -> Sql:
        """Select items with any of the terms, scored by all of their stems."""
        stems = stem_weights(terms)
        if all(term.is_single_stem for term in terms):
            return self.lookup.score_items(stems, self.generation)
        found = self.items(terms)
        every = Sql("SELECT item, 0.0 AS score FROM (") + found + Sql(") found")
        if not stems:
            return _once(every)
        whole = self.lookup.score_items(stems, self.generation)
        among = (
            Sql("SELECT item, score FROM (") + whole + Sql(") whole WHERE item IN (")
        )
        return _once(joined([every, among + found + Sql(")")], " UNION ALL "))

    def clause(self, clause: Clause) -> Sql:
        """Select items with all terms of a variant, each anywhere in the item."""
        alone = [variant[0] for variant in clause.variants if len(variant) == 1]
        several = [variant for variant in clause.variants if len(variant) > 1]
        ways = [self.items(alone)] if alone else []
        ways += [
            Sql("SELECT item FROM (")
            + _all([self.items((term,)) for term in variant])
            + Sql(") reading")
            for variant in several
        ]
        return joined(ways, " UNION ALL ")


def _every_item(generation: int) -> Sql:
    return Sql(
        "SELECT id AS item, 0.0 AS score FROM search_indexeditem "  # noqa: S608
        f"WHERE generation = {int(generation)}"
    )


def _once(scored: Sql) -> Sql:
    grouped = Sql("SELECT item, MAX(score) AS score FROM (") + scored
    return grouped + Sql(") every_way GROUP BY item")


def _all(selects: Sequence[Sql]) -> Sql:
    """Intersect the SELECTs."""
    return joined(
        [Sql("SELECT item FROM (") + each + Sql(") each_way") for each in selects],
        " INTERSECT ",
    )
