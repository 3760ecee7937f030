"""Forms of sign-in, the account, memberships and the CMS."""

from .accounts import (
    AddEmailForm,
    ChangePasswordForm,
    CorrectEmailForm,
    EmailCodeForm,
    LoginForm,
    ReauthenticateForm,
    ReauthenticationCodeForm,
    RequestSignInCodeForm,
    ResetCodeForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
    SetPasswordForm,
    SignInCodeForm,
    SignupForm,
)
from .factors import (
    ActivateAppForm,
    AddPasskeyForm,
    PasskeyForm,
    ReauthenticateFactorForm,
    ReauthenticatePasskeyForm,
    RenamePasskeyForm,
    SecondFactorForm,
)
from .memberships import AddPersonForm, CloseAccountForm, InviteForm, RoleForm
from .profile import ProfileForm

__all__ = [
    "ActivateAppForm",
    "AddEmailForm",
    "AddPasskeyForm",
    "AddPersonForm",
    "ChangePasswordForm",
    "CloseAccountForm",
    "CorrectEmailForm",
    "EmailCodeForm",
    "InviteForm",
    "LoginForm",
    "PasskeyForm",
    "ProfileForm",
    "ReauthenticateFactorForm",
    "ReauthenticateForm",
    "ReauthenticatePasskeyForm",
    "ReauthenticationCodeForm",
    "RenamePasskeyForm",
    "RequestSignInCodeForm",
    "ResetCodeForm",
    "ResetPasswordForm",
    "ResetPasswordKeyForm",
    "RoleForm",
    "SecondFactorForm",
    "SetPasswordForm",
    "SignInCodeForm",
    "SignupForm",
]
