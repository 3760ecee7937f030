"""The adapter of allauth for accounts: messages, e-mails, when to ask again."""

import time
from typing import TYPE_CHECKING, Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as allauth
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from mail.actions import delivery_headers
from people.actions.emails import compose
from people.models import validate_address

from .sessions import SIGNED_IN_AT

if TYPE_CHECKING:
    from django.core.mail import EmailMessage

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
        """Render `account/email/login_code` from `emails/login_code.html`."""
        to = [email] if isinstance(email, str) else email
        name = template_prefix.rpartition("/")[2]
        urgent = {**(headers or {}), **delivery_headers(urgent=True)}
        return compose(name=name, to=to, context=context, headers=urgent)

    def clean_email(self, email: str) -> str:
        """Refuse an address with characters that cannot be seen or look like others."""
        validate_address(email)
        return str(super().clean_email(email))

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Return False within a quarter of an hour after signing in."""
        began = allauth.request.session.get(SIGNED_IN_AT, 0)
        if time.time() - began < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT:
            return False
        return bool(super().is_reauthentication_required(app=app, **kwargs))
