"""Forms to sign up, sign in and recover an account."""

from typing import TYPE_CHECKING, Any, ClassVar

from allauth.account import forms as allauth
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.manage_email import sync_user_email_address
from allauth.core import context
from allauth.core.exceptions import RateLimited
from django import forms
from django.db import transaction
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from people.adapters import begin_sign_up, consume, name_account, store_remember_me
from people.models import validate_name

from .labels import CodeMixin, LabelsMixin

if TYPE_CHECKING:
    from people.models import User

EMAIL = _("E-mail address")
PASSWORD = _("Password")
NEW_PASSWORD = _("New password")
AT_LEAST_TEN = _("At least ten characters. Four words in a row are easy to remember.")
CODE = _("Code from the e-mail")
REMEMBER_LABEL = _("Keep me signed in here for a month")
REMEMBER_HELP = _("Leave this empty on a computer that others use.")


class LoginForm(LabelsMixin, allauth.LoginForm):
    """Sign in by password."""

    labels: ClassVar = {
        "login": EMAIL,
        "password": PASSWORD,
        "remember": REMEMBER_LABEL,
    }
    help_texts: ClassVar = {"password": "", "remember": REMEMBER_HELP}

    def login(self, request: Any, redirect_url: str | None = None) -> Any:
        """Sign in, or go on to the second factor; store “remember me” for either."""
        store_remember_me(
            session=request.session,
            email=self.cleaned_data["login"],
            remember=bool(self.cleaned_data.get("remember")),
        )
        credentials = self.user_credentials()
        login = self._login
        login.redirect_url = redirect_url
        return allauth.flows.login.perform_password_login(request, credentials, login)


class SignupForm(LabelsMixin, allauth.SignupForm):
    """Sign up with a name, an e-mail address and, if wanted, a password."""

    name = forms.CharField(
        label=_("What should we call you?"),
        help_text=_("A first name is enough. You decide later who sees it."),
        max_length=150,
        validators=[validate_name],
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    field_order: ClassVar = ["name", "email", "password1"]
    labels: ClassVar = {"email": EMAIL, "password1": PASSWORD}
    help_texts: ClassVar = {
        "email": _("You sign in with it. Nobody else sees it."),
        "password1": _(
            "At least ten characters. Without one, we send you a code each time."
        ),
    }

    def try_save(self, request: Any) -> "tuple[User | None, Any]":
        """Create the account, or write to the owner of the address; both cost the same.

        The account gets the address only: name and password wait in the session until this
        session confirms the address.
        """
        begin_sign_up(
            request.session,
            name=self.cleaned_data["name"],
            password=self.cleaned_data.pop("password1", ""),
        )
        if self.account_already_exists:
            self._rehearse(request)
        user: User | None
        user, response = super().try_save(request)
        name_account(request.session, user)
        return user, response

    @transaction.atomic
    def _rehearse(self, request: Any) -> None:
        """Create an account and undo it, so that an address with an account takes as long."""
        address = self.cleaned_data["email"]
        self.cleaned_data["email"] = (
            f"{get_random_string(16)}@rehearsal.invalid".lower()
        )
        self.account_already_exists = False
        self.save(request)
        self.account_already_exists = True
        self.cleaned_data["email"] = address
        transaction.set_rollback(True)


class RequestSignInCodeForm(LabelsMixin, allauth.RequestLoginCodeForm):
    """Ask for a code by e-mail to sign in."""

    remember = forms.BooleanField(
        label=REMEMBER_LABEL, help_text=REMEMBER_HELP, required=False
    )
    labels: ClassVar = {"email": EMAIL}

    def clean_email(self) -> str:
        email = str(super().clean_email())
        _count("request_login_code", email)
        _record_address(self._user)
        return email

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        store_remember_me(
            session=context.request.session,
            email=cleaned.get("email", ""),
            remember=bool(cleaned.get("remember")),
        )
        return cleaned


class SignInCodeForm(CodeMixin, allauth.ConfirmLoginCodeForm):
    """Sign in by the code from the e-mail."""

    labels: ClassVar = {"code": CODE}


class EmailCodeForm(CodeMixin, allauth.ConfirmEmailVerificationCodeForm):
    """Confirm an e-mail address by a code."""

    labels: ClassVar = {"code": CODE}


class ResetCodeForm(CodeMixin, allauth.ConfirmPasswordResetCodeForm):
    """Enter the code before choosing a new password."""

    labels: ClassVar = {"code": CODE}


class CorrectEmailForm(LabelsMixin, allauth.ChangeEmailForm):
    """Correct an address that was mistyped at sign-up."""

    labels: ClassVar = {"email": EMAIL}


class AddEmailForm(LabelsMixin, allauth.AddEmailForm):
    """Change the e-mail address of the account."""

    labels: ClassVar = {"email": _("New e-mail address")}
    help_texts: ClassVar = {
        "email": _("We send a code there. Until you enter it, your old address stays.")
    }


class ChangePasswordForm(LabelsMixin, allauth.ChangePasswordForm):
    """Change the password."""

    labels: ClassVar = {
        "oldpassword": _("Current password"),
        "password1": NEW_PASSWORD,
        "password2": _("New password again"),
    }
    help_texts: ClassVar = {"oldpassword": "", "password1": AT_LEAST_TEN}


class SetPasswordForm(LabelsMixin, allauth.SetPasswordForm):
    """Set a password for an account without one."""

    labels: ClassVar = {
        "password1": PASSWORD,
        "password2": _("Password again"),
    }
    help_texts: ClassVar = {"password1": AT_LEAST_TEN}


class ResetPasswordForm(LabelsMixin, allauth.ResetPasswordForm):
    """Ask for a code to reset a forgotten password."""

    labels: ClassVar = {"email": EMAIL}

    def clean_email(self) -> str:
        email = str(super().clean_email())
        _count("reset_password", email)
        _record_address(next(iter(self.users), None))
        return email


class ResetPasswordKeyForm(LabelsMixin, allauth.ResetPasswordKeyForm):
    """Choose a new password after the code."""

    labels: ClassVar = {
        "password1": NEW_PASSWORD,
        "password2": _("New password again"),
    }
    help_texts: ClassVar = {"password1": AT_LEAST_TEN}


class ReauthenticateForm(LabelsMixin, allauth.ReauthenticateForm):
    """Enter the password again before a sensitive change."""

    labels: ClassVar = {"password": PASSWORD}
    help_texts: ClassVar = {"password": ""}


class ReauthenticationCodeForm(CodeMixin, allauth.ConfirmLoginCodeForm):
    """Enter the code from the e-mail before a sensitive change."""

    labels: ClassVar = {"code": CODE}


def _record_address(user: "User | None") -> None:
    """Record the address of an account made in the CMS, so that one code confirms it."""
    if user is not None:
        sync_user_email_address(user)


def _count(action: str, email: str) -> None:
    """Count a request for a code; refuse one too many."""
    try:
        consume(context.request, action=action, address=email)
    except RateLimited:
        raise get_adapter().validation_error("too_many_login_attempts") from None
