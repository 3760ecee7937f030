"""Names of sources, and primary keys of rows."""

from collections.abc import Iterable

from django.db.models import QuerySet

PAGE = "page"
FILE = "file"
PERSON = "person"
ORGANIZATION = "organization"


def keys(rows: QuerySet) -> Iterable[int]:
    """Return the distinct primary keys of the rows."""
    return rows.order_by("pk").values_list("pk", flat=True).distinct()
