"""An answer that is put away leaves the test's own connection alone."""

from typing import Any

from django.core.signals import request_finished
from django.db import close_old_connections


def put_away(response: Any) -> None:
    """Close the files that the answer holds open.

    The end of a request closes connections too, and on PostgreSQL the test's transaction
    would go with its connection; Django's own test client takes the same care.
    """
    request_finished.disconnect(close_old_connections)
    try:
        response.close()
    finally:
        request_finished.connect(close_old_connections)
