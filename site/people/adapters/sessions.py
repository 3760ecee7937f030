"""What a session remembers of signing in."""

import time
from typing import TYPE_CHECKING, Any, cast

from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings

if TYPE_CHECKING:
    from people.models import User

# Keys of the session.
RENEWED_AT = "seen"
SIGNED_IN_AT = "signed_in_at"
REMEMBER_ME = "stay_signed_in"
SIGN_UP = "sign_up"


def reauthenticated_at(request: Any) -> float:
    """Return when this session last reauthenticated, in seconds since 1970; 0 if never."""
    records = get_authentication_records(request, cast("User", request.user))
    return max(
        (float(record["at"]) for record in records if record.get("reauthenticated")),
        default=0.0,
    )


def store_remember_me(*, session: Any, email: str, remember: bool) -> None:
    """Store the choice to stay signed in: for the submitted e-mail address only, once."""
    session.pop(REMEMBER_ME, None)
    if remember:
        session[REMEMBER_ME] = email.lower()


def begin_session(*, request: Any, user: "User", **kwargs: Any) -> None:
    """Start a session at sign-in: it expires after a day without use, or after a month.

    A receiver of Django's `user_logged_in`.
    """
    request.session.pop(SIGN_UP, None)
    request.session[RENEWED_AT] = request.session[SIGNED_IN_AT] = int(time.time())
    if request.session.pop(REMEMBER_ME, "") == user.email:
        request.session.set_expiry(settings.STAY_SIGNED_IN)
