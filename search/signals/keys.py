"""Items by source and key."""

from collections.abc import Iterable

from django.db.models import QuerySet

PAGE = "page"
FILE = "file"
PERSON = "person"
ORGANIZATION = "organization"


def keys(rows: QuerySet) -> Iterable[int]:
    """The primary keys of the rows, each once."""
    return rows.order_by("pk").values_list("pk", flat=True).distinct()
