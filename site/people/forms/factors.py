"""Second factors and passkeys."""

from typing import Any, ClassVar

from allauth.mfa.base import forms as base
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.utils.translation import gettext_lazy as _

from .wording import CodeWords, OurWords

CODE = _("Code from your app, or a recovery code")


class SecondFactorForm(CodeWords, base.AuthenticateForm):
    """The second step of signing in."""

    labels: ClassVar = {"code": CODE}


class SecondFactorAgainForm(CodeWords, base.ReauthenticateForm):
    """The second factor, before something that must be only one's own."""

    labels: ClassVar = {"code": CODE}


class AppForm(CodeWords, totp.ActivateTOTPForm):
    """The first code of an app proves that it works."""

    labels: ClassVar = {"code": _("Code that the app shows")}


class AddPasskeyForm(OurWords, webauthn.AddWebAuthnForm):
    """A passkey of one's own."""

    labels: ClassVar = {
        "name": _("Name of this passkey"),
        "passwordless": _("Sign in with it alone"),
    }
    hints: ClassVar = {
        "name": _("So that you know it again, for instance “My phone”."),
        "passwordless": _(
            "It then asks for your finger, face or PIN, and you need no password."
        ),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {}).setdefault("passwordless", True)
        super().__init__(*args, **kwargs)
        self.fields["name"].widget = forms.TextInput(attrs={"autocomplete": "off"})


class RenamePasskeyForm(OurWords, webauthn.EditWebAuthnForm):
    """Another name for a passkey."""

    labels: ClassVar = {"name": _("Name of this passkey")}
