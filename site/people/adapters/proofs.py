"""What counts once somebody proves that an address is theirs.

Anybody can sign up with an address of somebody else. So a sign-up stores only the address; name
and password wait in the session that entered them, until that session confirms the address.
Whatever the account has by then is void if somebody else proves it.
"""

from typing import TYPE_CHECKING, Any, cast

from allauth.account.internal.flows.login import get_authentication_records
from django.contrib.auth.hashers import make_password

from people.actions.credentials import void_credentials

from .sessions import SIGN_UP

if TYPE_CHECKING:
    from allauth.account.models import EmailAddress
    from django.contrib.sessions.backends.base import SessionBase

    from people.models import User

# Set on the request in which somebody who has entered the password confirms the address.
KNOWS_PASSWORD = "knows_password"  # noqa: S105


def begin_sign_up(session: "SessionBase", *, name: str, password: str) -> None:
    """Store what was entered, with the password hashed, until the address is confirmed."""
    session[SIGN_UP] = {"name": name, "password": make_password(password or None)}


def name_account(session: "SessionBase", user: "User | None") -> None:
    """Store which account the sign-up made; none, if there was one already."""
    session[SIGN_UP] = {**session[SIGN_UP], "user": user.pk if user else 0}


def complete_sign_up(session: "SessionBase", user: "User") -> None:
    """Save the name and password of the session whose sign-up made the account."""
    entered = session.pop(SIGN_UP, None)
    if not entered or entered.get("user") != user.pk:
        return
    user.name, user.password = entered["name"], entered["password"]
    user.save(update_fields=["name", "password"])


def check_password_was_entered(request: Any, user: "User") -> None:
    """Note on the request whether its session has passed the password of the account."""
    records = get_authentication_records(request, user)
    entered = any(record.get("method") == "password" for record in records)
    setattr(request, KNOWS_PASSWORD, entered)


def address_proven(
    *, request: Any, email_address: "EmailAddress", **kwargs: Any
) -> None:
    """Void what was set before the proof, unless it was set by the one who proves.

    That is somebody who is signed in to the account, or who had to confirm the address after
    entering its password. A receiver of allauth's `email_confirmed`, which is sent for every
    way of proof: the code of a sign-up, of a sign-in, of a new password.
    """
    user = cast("User", email_address.user)
    if request.user.pk != user.pk and not getattr(request, KNOWS_PASSWORD, False):
        void_credentials(user=user)
