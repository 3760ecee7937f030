"""The adapter of allauth for second factors: messages, encryption, the last factor."""

from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from people.access import lacks_second_factor
from people.actions import factor_secrets


class FactorAdapter(DefaultMFAAdapter):
    """Second factors with our messages."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": _(
            "What you do here needs a second factor. Set up another one first."
        ),
        "incorrect_code": _(
            "This code is not right. The app shows a new one every 30 seconds."
        ),
    }

    def _get_site_name(self) -> str:
        return str(settings.WAGTAIL_SITE_NAME)

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        """Return the name of a new passkey; the person may change it."""
        return now_("My passkey")

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Return False for the last second factor of somebody with a trusted role."""
        return not settings.REQUIRE_SECOND_FACTOR or not lacks_second_factor(
            authenticator.user, without=authenticator
        )

    def encrypt(self, text: str) -> str:
        """Return the secret as it is stored: an app's key or the seed of recovery codes."""
        return factor_secrets.encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Return the stored secret. Raises UnreadableSecret."""
        return factor_secrets.decrypt(encrypted_text)
