"""Signing up, signing in, and the way back in."""

from typing import TYPE_CHECKING, Any, ClassVar

from allauth.account import forms as allauth
from allauth.core import context
from django import forms
from django.utils.translation import gettext_lazy as _

from people.adapters import ask_to_stay

from .wording import CodeWords, OurWords

if TYPE_CHECKING:
    from people.models import User

EMAIL = _("E-mail address")
PASSWORD = _("Password")
NEW_PASSWORD = _("New password")
AT_LEAST_TEN = _("At least ten characters. Four words in a row are easy to remember.")
CODE = _("Code from the mail")
STAY_LABEL = _("Keep me signed in here for a month")
STAY_HINT = _("Leave this empty on a computer that others use.")


class LoginForm(OurWords, allauth.LoginForm):
    """By password."""

    labels: ClassVar = {"login": EMAIL, "password": PASSWORD, "remember": STAY_LABEL}
    hints: ClassVar = {"password": "", "remember": STAY_HINT}

    def login(self, request: Any, redirect_url: str | None = None) -> Any:
        """The box decides how long the session lasts, with a second factor too."""
        ask_to_stay(
            session=request.session,
            email=self.cleaned_data["login"],
            stay=bool(self.cleaned_data.get("remember")),
        )
        credentials = self.user_credentials()
        login = self._login
        login.redirect_url = redirect_url
        return allauth.flows.login.perform_password_login(request, credentials, login)


class SignupForm(OurWords, allauth.SignupForm):
    """A new account: how to be called, an address, and a password if one likes."""

    name = forms.CharField(
        label=_("What shall we call you?"),
        help_text=_("A first name is enough. You decide later who sees it."),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    field_order: ClassVar = ["name", "email", "password1"]
    labels: ClassVar = {"email": EMAIL, "password1": PASSWORD}
    hints: ClassVar = {
        "email": _("You sign in with it. Nobody else sees it."),
        "password1": _(
            "At least ten characters. Without one, we send you a code each time."
        ),
    }

    def custom_signup(self, request: Any, user: "User") -> None:
        """The name is kept with the new account."""
        user.name = self.cleaned_data["name"]
        user.save(update_fields=["name"])


class RequestCodeForm(OurWords, allauth.RequestLoginCodeForm):
    """By a code that is mailed."""

    remember = forms.BooleanField(label=STAY_LABEL, help_text=STAY_HINT, required=False)
    labels: ClassVar = {"email": EMAIL}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        ask_to_stay(
            session=context.request.session,
            email=cleaned.get("email", ""),
            stay=bool(cleaned.get("remember")),
        )
        return cleaned


class SignInCodeForm(CodeWords, allauth.ConfirmLoginCodeForm):
    """The code that opens the door."""

    labels: ClassVar = {"code": CODE}


class EmailCodeForm(CodeWords, allauth.ConfirmEmailVerificationCodeForm):
    """The code that proves an address."""

    labels: ClassVar = {"code": CODE}


class ResetCodeForm(CodeWords, allauth.ConfirmPasswordResetCodeForm):
    """The code that lets one choose a new password."""

    labels: ClassVar = {"code": CODE}


class OtherEmailForm(OurWords, allauth.ChangeEmailForm):
    """The address was mistyped at sign-up."""

    labels: ClassVar = {"email": EMAIL}


class NewEmailForm(OurWords, allauth.AddEmailForm):
    """Another address for the account."""

    labels: ClassVar = {"email": _("New e-mail address")}
    hints: ClassVar = {
        "email": _("We send a code there. Until then, the old one counts.")
    }


class ChangePasswordForm(OurWords, allauth.ChangePasswordForm):
    """Another password."""

    labels: ClassVar = {
        "oldpassword": _("Your password of today"),
        "password1": NEW_PASSWORD,
        "password2": _("The new password once more"),
    }
    hints: ClassVar = {"oldpassword": "", "password1": AT_LEAST_TEN}


class SetPasswordForm(OurWords, allauth.SetPasswordForm):
    """A first password."""

    labels: ClassVar = {
        "password1": PASSWORD,
        "password2": _("The password once more"),
    }
    hints: ClassVar = {"password1": AT_LEAST_TEN}


class ResetPasswordForm(OurWords, allauth.ResetPasswordForm):
    """The password is forgotten."""

    labels: ClassVar = {"email": EMAIL}


class NewPasswordForm(OurWords, allauth.ResetPasswordKeyForm):
    """A new password, after the code."""

    labels: ClassVar = {
        "password1": NEW_PASSWORD,
        "password2": _("The new password once more"),
    }
    hints: ClassVar = {"password1": AT_LEAST_TEN}


class PasswordAgainForm(OurWords, allauth.ReauthenticateForm):
    """The password, before something that must be only one's own."""

    labels: ClassVar = {"password": PASSWORD}
    hints: ClassVar = {"password": ""}
