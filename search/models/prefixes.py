"""Prefix lookups that use an index on either database."""

from django.db import connection
from django.db.models import Q


def starts_with(field: str, text: str) -> Q:
    """Return a case-sensitive prefix condition on a field.

    SQLite uses an index only for a range, PostgreSQL only for LIKE, as the collation
    depends on the server.
    """
    if connection.vendor == "sqlite" and text:
        after = text[:-1] + chr(ord(text[-1]) + 1)
        return Q(**{f"{field}__gte": text, f"{field}__lt": after})
    return Q(**{f"{field}__startswith": text})
