"""Starting a session: its draft and its first date in one step."""

from typing import TYPE_CHECKING

from django.db import transaction
from wagtail.models import Page

from learning.sessions.models import SessionPage

from .occurrences import OccurrenceDetails, plan_occurrence

if TYPE_CHECKING:
    from people.models import User


@transaction.atomic
def start_session(
    *,
    parent: Page,
    title: str,
    session_format: str,
    details: OccurrenceDetails,
    by: "User | None" = None,
) -> SessionPage:
    """Create the draft of a session below an index, with its first date."""
    session = SessionPage(title=title, format=session_format, live=False, owner=by)
    parent.add_child(instance=session)
    session.save_revision(user=by)
    plan_occurrence(session=session, details=details, by=by)
    return session
