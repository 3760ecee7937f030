"""Close a response without closing the connection of the test."""

from typing import Any

from django.core.signals import request_finished
from django.db import close_old_connections


def close_response(response: Any) -> None:
    """Close the files that the response holds open.

    Closing a response also closes database connections, and on PostgreSQL the transaction of
    the test with them. Django's test client avoids it in the same way.
    """
    request_finished.disconnect(close_old_connections)
    try:
        response.close()
    finally:
        request_finished.connect(close_old_connections)
