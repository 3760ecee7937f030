"""Second factors and passkeys."""

from typing import Any, ClassVar

from allauth.mfa.base import forms as base
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from allauth.mfa.webauthn.internal import auth
from django import forms
from django.utils.translation import gettext_lazy as _

from people.models import validate_name

from .labels import CodeMixin, LabelsMixin

CODE = _("Code from your app, or a recovery code")


class SecondFactorForm(CodeMixin, base.AuthenticateForm):
    """Enter the second factor when signing in."""

    labels: ClassVar = {"code": CODE}


class ReauthenticateFactorForm(CodeMixin, base.ReauthenticateForm):
    """Enter the second factor again before a sensitive change."""

    labels: ClassVar = {"code": CODE}


class ActivateAppForm(CodeMixin, totp.ActivateTOTPForm):
    """Set up an app by entering its first code."""

    labels: ClassVar = {"code": _("Code that the app shows")}


class AddPasskeyForm(LabelsMixin, webauthn.AddWebAuthnForm):
    """Add a passkey."""

    labels: ClassVar = {
        "name": _("Name of this passkey"),
        "passwordless": _("Sign in with the passkey alone"),
    }
    help_texts: ClassVar = {
        "name": _("So that you recognize it, for instance “My phone”."),
        "passwordless": _(
            "It then asks for your finger, face or PIN, and you need no password."
        ),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {}).setdefault("passwordless", True)
        super().__init__(*args, **kwargs)
        self.fields["name"].widget = forms.TextInput(attrs={"autocomplete": "off"})
        self.fields["name"].validators.append(validate_name)


class PasskeyForm(webauthn.AuthenticateWebAuthnForm):
    """Sign in with a passkey. Wrong codes of an app do not stop it: nobody guesses a key."""

    def clean_credential(self) -> Authenticator:
        credential = self.cleaned_data["credential"]
        auth.parse_authentication_response(credential)
        return auth.complete_authentication(self.user, credential)


class ReauthenticatePasskeyForm(PasskeyForm):
    """Confirm with a passkey before a sensitive change."""

    reauthenticated = True


class RenamePasskeyForm(LabelsMixin, webauthn.EditWebAuthnForm):
    """Rename a passkey."""

    labels: ClassVar = {"name": _("Name of this passkey")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].validators.append(validate_name)
