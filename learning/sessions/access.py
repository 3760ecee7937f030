"""Who may change the dates of a session.

A date is no part of a revision: a change to it is public at once where the session is. So
it takes the permission that publishing takes, and on a draft the one that editing takes.
"""

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from .models import SessionPage

if TYPE_CHECKING:
    from wagtail.models import Page


def session_in_cms(user: Any, page_id: int) -> SessionPage | None:
    """Return the session if the person may edit it in the CMS, else None.

    An alias has no dates of its own, so there is nothing to edit.
    """
    page = SessionPage.objects.filter(pk=page_id, alias_of=None).first()
    if page is None or not page.permissions_for_user(user).can_edit():
        return None
    return page


def why_dates_are_locked(user: Any, session: SessionPage) -> str:
    """Return why the person may not change the dates now; empty if they may."""
    lock = session.get_lock()
    if lock is not None and lock.for_user(user):
        return _("This page is locked, and so are its dates.")
    if session.live and not session.permissions_for_user(user).can_publish():
        return _(
            "This session is published, so a change of its dates shows at once. "
            "Ask a moderator to make it."
        )
    return ""


def may_start_session(user: Any, parent: "Page") -> bool:
    """Tell whether the person may create a session below an index."""
    allowed: bool = parent.permissions_for_user(user).can_add_subpage()
    return allowed and SessionPage.can_create_at(parent)
