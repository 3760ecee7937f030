"""The adapter of allauth for accounts: messages, e-mails, when to ask again."""

import time
from typing import TYPE_CHECKING, Any, cast

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as allauth
from allauth.core.exceptions import RateLimited, ReauthenticationRequired
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from mail.actions import delivery_headers
from people.actions.emails import compose, links_of_the_site
from people.models import validate_address

from .limits import clear, consume, count_by_ip, remember_device
from .proofs import check_password_was_entered, complete_sign_up
from .sessions import SIGNED_IN_AT, reauthenticated_at

if TYPE_CHECKING:
    from allauth.account.models import EmailAddress
    from django.core.mail import EmailMessage  # noqa: TID251  (a type)

    from people.models import User


def display_name(user: "User") -> str:
    """Return the name of a person for allauth's pages and e-mails."""
    return user.display_name


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in with our messages and e-mails."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is closed."),
        "email_password_mismatch": _(
            "This address and password do not match. Try again, or let us send you a "
            "code."
        ),
        "duplicate_email": _("This is your address already."),
        "email_taken": _("Another account has this address."),
        "enter_current_password": _("This is not your current password."),
        "incorrect_code": _(
            "This is not the code that we sent. Look at the latest e-mail."
        ),
        "incorrect_password": _("This is not your password."),
        "invalid_or_expired_key": _("This code has expired. Ask for a new one."),
        "rate_limited": _("Too many attempts. Wait a few minutes, then try again."),
        "same_as_current": _("This is your address already."),
        "too_many_login_attempts": _(
            "Too many attempts. Wait a few minutes, then try again."
        ),
    }

    def render_mail(
        self,
        template_prefix: str,
        email: str | list[str],
        context: dict[str, Any],
        headers: dict[str, str] | None = None,
    ) -> "EmailMessage":
        """Render `account/email/login_code` from `emails/login_code.html`.

        allauth makes links from the Host header, which the sender of the request chooses.
        """
        to = [email] if isinstance(email, str) else email
        name = template_prefix.rpartition("/")[2]
        urgent = {**(headers or {}), **delivery_headers(urgent=True)}
        own = {**context, **links_of_the_site(context)}
        return compose(name=name, to=to, context=own, headers=urgent)

    def pre_authenticate(self, request: Any, **credentials: Any) -> None:
        """Count the attempt for the address and its source; it is taken back if it succeeds."""
        try:
            usage = consume(
                request, action="login_failed", address=credentials.get("email", "")
            )
        except RateLimited:
            raise self.validation_error("too_many_login_attempts") from None
        self._login_failed_rl_usage = usage
        by_ip = count_by_ip(request, action="login_failed")
        if by_ip is None:
            raise self.validation_error("too_many_login_attempts")
        usage.usage += by_ip.usage

    def post_login(self, request: Any, user: Any, **kwargs: Any) -> Any:
        """Remember the browser, so that wrong attempts of others do not stop it."""
        response = super().post_login(request, user, **kwargs)
        remember_device(request, response, address=user.email)
        return response

    def _delete_login_attempts_cached_email(
        self, request: Any, **credentials: Any
    ) -> None:
        clear(request, action="login_failed", address=credentials["email"])

    def clean_email(self, email: str) -> str:
        """Refuse an address with characters that cannot be seen or look like others."""
        validate_address(email)
        return str(super().clean_email(email))

    def login(self, request: Any, user: Any) -> None:
        """Sign in. The proof of an address may have changed the password's row meanwhile."""
        user.refresh_from_db(fields=["password"])
        super().login(request, user)

    def confirm_email(self, request: Any, email_address: "EmailAddress") -> bool:
        """Confirm the address by the code that this session asked for.

        What the session itself entered stays: it set it and proved the address.
        """
        user = cast("User", email_address.user)
        check_password_was_entered(request, user)
        confirmed = bool(super().confirm_email(request, email_address))
        if confirmed:
            complete_sign_up(request.session, user)
        return confirmed

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Return the ways to reauthenticate; without password and factor, a code by e-mail."""
        found: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        if found or not user.is_authenticated:
            return found
        return [
            {
                "id": "reauthenticate_by_code",
                "description": now_("Let us send you a code"),
                "url": reverse("people:reauthenticate"),
            }
        ]

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Return False within a quarter of an hour after signing in or reauthenticating.

        allauth asks nobody who has neither a password nor a second factor; this raises
        ReauthenticationRequired for them, which leads to a code by e-mail.
        """
        request = allauth.request
        latest = (request.session.get(SIGNED_IN_AT, 0), reauthenticated_at(request))
        if time.time() - max(latest) < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT:
            return False
        if not super().get_reauthentication_methods(request.user):
            raise ReauthenticationRequired
        return bool(super().is_reauthentication_required(app=app, **kwargs))
