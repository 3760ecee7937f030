"""Void what opens an account: password, second factors, sessions, tokens."""

from importlib import import_module
from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db import transaction
from wagtail import VERSION as WAGTAIL_VERSION

if TYPE_CHECKING:
    from django.contrib.sessions.backends.base import SessionBase

    from people.models import User

# Wagtail 8 stores tokens for its API; they end with the credentials.
HAS_API_TOKENS = WAGTAIL_VERSION >= (8,)


@transaction.atomic
def void_credentials(*, user: "User") -> None:
    """Make every password, passkey, app, recovery code, token and session of the user void.

    Only a code that is sent to the address of the account opens it then. The new unusable
    password also ends sessions that nobody has listed: Django compares its hash.
    """
    user.set_unusable_password()
    user.save(update_fields=["password"])
    Authenticator.objects.filter(user=user).delete()
    if HAS_API_TOKENS:
        tokens = getattr(user, "api_tokens")  # noqa: B009  (only Wagtail 8 has it)
        tokens.all().delete()
    end_sessions(user=user)


def end_sessions(*, user: "User") -> None:
    """Sign the user out everywhere."""
    store: type[SessionBase] = import_module(settings.SESSION_ENGINE).SessionStore
    for session in UserSession.objects.filter(user=user):
        store(session.session_key).delete()
        session.delete()


@transaction.atomic
def await_proof(*, user: "User") -> None:
    """Make the address of the account one that nobody has confirmed yet, and its only one.

    What opened the account under an earlier address is void.
    """
    EmailAddress.objects.filter(user=user).delete()
    void_credentials(user=user)
