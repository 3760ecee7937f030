"""How people sign in: allauth, codes, passkeys, second factors, sessions."""

from datetime import timedelta

from . import env

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"

# A session ends a day after the last visit, or a month if the person chose to stay signed in.
SESSION_COOKIE_AGE = int(timedelta(days=1).total_seconds())
STAY_SIGNED_IN = timedelta(days=30)

ACCOUNT_ADAPTER = "people.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
# A password is optional: without one, people sign in with a code by e-mail each time.
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1"]
ACCOUNT_USER_DISPLAY = "people.adapters.display_name"
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
# Codes, not links: mail scanners follow links, and mail is often read on another device.
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
# Only a new account could change it, so the form would tell whether there was one before.
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_CHANGE = False
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "length": 6, "dashed": False}
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_FORMS = {
    "login": "people.forms.LoginForm",
    "signup": "people.forms.SignupForm",
    "request_login_code": "people.forms.RequestSignInCodeForm",
    "confirm_login_code": "people.forms.SignInCodeForm",
    "confirm_email_verification_code": "people.forms.EmailCodeForm",
    "confirm_password_reset_code": "people.forms.ResetCodeForm",
    "change_email": "people.forms.CorrectEmailForm",
    "add_email": "people.forms.AddEmailForm",
    "change_password": "people.forms.ChangePasswordForm",
    "set_password": "people.forms.SetPasswordForm",
    "reset_password": "people.forms.ResetPasswordForm",
    "reset_password_from_key": "people.forms.ResetPasswordKeyForm",
    "reauthenticate": "people.forms.ReauthenticateForm",
}
# Many people share the IP address of their workplace, so the limits by IP address are wide.
# By key, "login_failed" counts only codes of second factors, after the password was right.
ACCOUNT_RATE_LIMITS = {
    "login": "120/m/ip",
    "login_failed": "60/m/ip,8/5m/key",
    "signup": "30/m/ip",
    "request_login_code": "60/m/ip",
    "reset_password": "30/m/ip",
    "confirm_email": "1/10s/key",
    "reauthenticate_by_code": "5/10m/user",
}
# Attempts for one e-mail address: of a browser that has signed in to the account before; of one
# source; of all sources together (people.adapters.limits). For guessing a code of six digits:
# 15 tries in ten minutes of one source.
_NARROW = {
    "login_failed": "8/5m/key",
    "request_login_code": "5/10m/key",
    "reset_password": "5/10m/key",
}
SIGN_IN_LIMITS = {
    "device": _NARROW,
    "source": _NARROW,
    "address": {
        "login_failed": "100/h/key",
        "request_login_code": "30/h/key",
        "reset_password": "30/h/key",
    },
}
KNOWN_DEVICE_FOR = timedelta(days=180)
# No signature can be guessed, and everybody at a workplace may come from one IP address.
MFA_RATE_LIMITS = {"webauthn_login": "120/m/ip"}
# How many of our proxies are in front; X-Forwarded-For is trusted only with one or more.
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("TRUSTED_PROXIES", 0)

MFA_ADAPTER = "people.adapters.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Everydoor"
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": "people.forms.SecondFactorForm",
    "reauthenticate": "people.forms.ReauthenticateFactorForm",
    "activate_totp": "people.forms.ActivateAppForm",
    "add_webauthn": "people.forms.AddPasskeyForm",
    "authenticate_webauthn": "people.forms.PasskeyForm",
    "reauthenticate_webauthn": "people.forms.ReauthenticatePasskeyForm",
    "edit_webauthn": "people.forms.RenamePasskeyForm",
}
