"""Adapters for allauth, and receivers of the signals of Django and Wagtail."""

import time
from typing import TYPE_CHECKING, Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as allauth
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from mail.actions import delivery_headers
from people.access import lacks_second_factor
from people.actions import end_community_membership, sync_groups
from people.actions.emails import compose
from people.models import OrganizationMembership, validate_address
from people.querysets import rights_changed

if TYPE_CHECKING:
    from django.core.mail import EmailMessage

    from people.models import User

# Keys of the session.
RENEWED_AT = "seen"
SIGNED_IN_AT = "signed_in_at"
REMEMBER_ME = "stay_signed_in"


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


def store_remember_me(*, session: Any, email: str, remember: bool) -> None:
    """Store the choice to stay signed in: for the submitted e-mail address only, once."""
    session.pop(REMEMBER_ME, None)
    if remember:
        session[REMEMBER_ME] = email.lower()


def begin_session(*, request: Any, user: "User", **kwargs: Any) -> None:
    """Start a session at sign-in: it expires after a day without use, or after a month.

    A receiver of Django's `user_logged_in`.
    """
    request.session[RENEWED_AT] = request.session[SIGNED_IN_AT] = int(time.time())
    if request.session.pop(REMEMBER_ME, "") == user.email:
        request.session.set_expiry(settings.STAY_SIGNED_IN)


def membership_changed(*, instance: Any, **kwargs: Any) -> None:
    """Synchronize the groups of a user after a membership was saved or deleted.

    With the last organization, membership of the community ends. Not when the account itself
    is deleted: then there is no user left.
    """
    origin = kwargs.get("origin")
    deleted = origin.model if isinstance(origin, QuerySet) else type(origin)
    if not kwargs.get("raw") and not issubclass(deleted, AbstractBaseUser):
        if origin is not None and isinstance(instance, OrganizationMembership):
            end_community_membership(user_id=instance.user_id)
        sync_groups(users=[instance.user_id])


def groups_changed(
    *, instance: Any, action: str, reverse: bool, pk_set: set[int] | None, **kwargs: Any
) -> None:
    """Undo changes to groups that contradict the memberships, after any change to groups."""
    if not action.startswith("post_"):
        return
    for cache in ("_perm_cache", "_group_perm_cache", "_user_perm_cache"):
        if hasattr(instance, cache):
            delattr(instance, cache)
    if reverse:
        sync_groups(users=pk_set)
    else:
        sync_groups(users=[instance.pk])


def delete_permission_group(*, instance: Any, **kwargs: Any) -> None:
    """Delete the permission group of a deleted working group."""
    Group.objects.filter(pk=instance.group_id).delete()
    rights_changed()


def invalidate_rights(**kwargs: Any) -> None:
    """Invalidate cached rights after a restriction, or what it applies to, changed."""
    rights_changed()
