"""Forms of sign-in, of one's own page, of those who lead, and of the CMS."""

from .accounts import (
    ChangePasswordForm,
    EmailCodeForm,
    LoginForm,
    NewEmailForm,
    NewPasswordForm,
    OtherEmailForm,
    PasswordAgainForm,
    RequestCodeForm,
    ResetCodeForm,
    ResetPasswordForm,
    SetPasswordForm,
    SignInCodeForm,
    SignupForm,
)
from .factors import (
    AddPasskeyForm,
    AppForm,
    RenamePasskeyForm,
    SecondFactorAgainForm,
    SecondFactorForm,
)
from .memberships import AddPersonForm, CloseAccountForm, InviteForm, RoleForm
from .profile import ProfileForm

__all__ = [
    "AddPasskeyForm",
    "AddPersonForm",
    "AppForm",
    "ChangePasswordForm",
    "CloseAccountForm",
    "EmailCodeForm",
    "InviteForm",
    "LoginForm",
    "NewEmailForm",
    "NewPasswordForm",
    "OtherEmailForm",
    "PasswordAgainForm",
    "ProfileForm",
    "RenamePasskeyForm",
    "RequestCodeForm",
    "ResetCodeForm",
    "ResetPasswordForm",
    "RoleForm",
    "SecondFactorAgainForm",
    "SecondFactorForm",
    "SetPasswordForm",
    "SignInCodeForm",
    "SignupForm",
]
