"""A code by e-mail for reauthentication."""

from typing import TYPE_CHECKING, Any, Self, cast

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.code_verification import (
    AbstractCodeVerificationProcess,
)
from allauth.account.internal.flows.login import record_authentication
from django.conf import settings

if TYPE_CHECKING:
    from people.models import User

REAUTHENTICATION_CODE = "reauthentication_code"
MOST_ATTEMPTS = 3


class ReauthenticationCode(AbstractCodeVerificationProcess):
    """A code for somebody who is signed in and has neither password nor second factor.

    It is in their session, as all codes of allauth are; three wrong ones make it void.
    """

    def __init__(self, request: Any, state: dict[str, object]) -> None:
        self.request = request
        super().__init__(
            max_attempts=MOST_ATTEMPTS,
            timeout=settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT,
            state=state,
        )

    @classmethod
    def initiate(cls, request: Any) -> Self:
        """Send a new code to the address of the account; an earlier one is void."""
        code = cls(request, cls.initial_state(cast("User", request.user)))
        code.send()
        code.persist()
        return code

    @classmethod
    def resume(cls, request: Any) -> Self | None:
        """Return the code that was sent to this user in this session, if it is still valid."""
        state = request.session.get(REAUTHENTICATION_CODE)
        if not state:
            return None
        code = cls(request, state)
        if code.user != request.user:
            code.abort()
            return None
        return cast("Self | None", code.abort_if_invalid())

    def send(self) -> None:
        """Queue the e-mail with a new code."""
        adapter = get_adapter(self.request)
        self.state["code"] = adapter.generate_login_code()
        context = {"request": self.request, "code": self.code}
        email = cast("User", self.request.user).email
        adapter.send_mail("account/email/reauthentication_code", email, context)

    def finish(self) -> None:
        """Record that the user entered the code."""
        self.abort()
        user = cast("User", self.request.user)
        record_authentication(self.request, user, method="code", reauthenticated=True)

    def persist(self) -> None:
        """Store the code in the session."""
        self.request.session[REAUTHENTICATION_CODE] = self.state

    def abort(self) -> None:
        """Make the code void."""
        self.request.session.pop(REAUTHENTICATION_CODE, None)
