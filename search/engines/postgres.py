"""PostgreSQL: words in a tsvector beside each passage."""

from collections.abc import Sequence

from search.query import Term

from .sql import Sql
from .tables import TableEngine


class PostgresEngine(TableEngine):
    """The engine of a site on PostgreSQL."""

    name = "postgresql"
    age = "(%s::date - i.date)"
    gather = "STRING_AGG(facet_ids, ' ')"

    def scored(self, terms: Sequence[Term], generation: int) -> Sql:
        """See `TableEngine.scored`."""
        raise NotImplementedError

    def items(self, terms: Sequence[Term], generation: int) -> Sql:
        """See `TableEngine.items`."""
        raise NotImplementedError

    def open_text(self, generation: int) -> None:
        """See `TableEngine.open_text`."""

    def drop_text(self, generation: int) -> None:
        """See `TableEngine.drop_text`."""

    def write_text(self, item_ids: Sequence[int], generation: int) -> None:
        """See `TableEngine.write_text`."""

    def forget_text(self, item_ids: Sequence[int], generation: int) -> None:
        """See `TableEngine.forget_text`."""
