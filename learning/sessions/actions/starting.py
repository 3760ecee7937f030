"""Starting a session: its draft and its first date in one step."""

from itertools import chain, count
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.text import slugify
from wagtail.models import Page

from learning.sessions.models import SessionPage

from .occurrences import OccurrenceDetails, plan_occurrence

if TYPE_CHECKING:
    from people.models import User

# Leaves room for a number in the field of 255 characters.
_LONGEST_SLUG = 240


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
    session.slug = _free_slug(title, parent)
    parent.add_child(instance=session)
    session.save_revision(user=by)
    plan_occurrence(session=session, details=details, by=by)
    return session


def _free_slug(title: str, parent: Page) -> str:
    """Return a slug that no page beside it has, also for a title without Latin characters."""
    words = slugify(title)[:_LONGEST_SLUG].strip("-_") or "session"
    taken = set(parent.get_children().values_list("slug", flat=True))
    numbered = (f"{words}-{number}" for number in count(2))
    return next(slug for slug in chain([words], numbered) if slug not in taken)
