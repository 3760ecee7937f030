"""Who may change the asks and endorsements of a statement."""

from typing import Any

from .models import StatementPage


def may_change_facts(user: Any, statement: StatementPage) -> bool:
    """Return whether the user may change them.

    On a live statement a change appears at once, so it takes the permission to publish; on
    a draft the permission to edit is enough.
    """
    allowed = statement.permissions_for_user(user)
    return bool(allowed.can_publish() if statement.live else allowed.can_edit())
