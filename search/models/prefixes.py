"""Words that begin somehow, by an index in either database."""

from django.db import connection
from django.db.models import Q


def starts_with(field: str, text: str) -> Q:
    """Rows whose field begins with the text, as it is written there.

    SQLite reads an index for a range only, PostgreSQL for LIKE only, as the order of its
    letters depends on where the server was set up.
    """
    if connection.vendor == "sqlite" and text:
        after = text[:-1] + chr(ord(text[-1]) + 1)
        return Q(**{f"{field}__gte": text, f"{field}__lt": after})
    return Q(**{f"{field}__startswith": text})
