"""Where allauth and Django call us: mail in our words, and rights kept in step."""

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
from people.actions import sync_groups
from people.actions.emails import compose
from people.querysets import rights_changed

if TYPE_CHECKING:
    from django.core.mail import EmailMessage

    from people.models import User

# In the session: when it was last renewed; when it began; who asked to keep it for a month.
SEEN = "seen"
SIGNED_IN = "signed_in_at"
STAY = "stay_signed_in"


def called(user: "User") -> str:
    """How allauth's pages and mails call a person."""
    return user.called


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in and its mails, in the house's words."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is closed."),
        "email_password_mismatch": _(
            "This address and password do not open the door. Try again, or let us send "
            "you a code."
        ),
        "duplicate_email": _("This is your address already."),
        "email_taken": _("Another account has this address."),
        "enter_current_password": _("This is not your password of today."),
        "incorrect_code": _(
            "This is not the code that we sent. Look at the last mail."
        ),
        "incorrect_password": _("This is not your password."),
        "invalid_or_expired_key": _("This code has ended. Ask for a new one."),
        "rate_limited": _("That was a lot at once. Wait a few minutes, then go on."),
        "same_as_current": _("This is your address already."),
        "too_many_login_attempts": _(
            "That was a lot at once. Wait a few minutes, then try again."
        ),
    }

    def render_mail(
        self,
        template_prefix: str,
        email: str | list[str],
        context: dict[str, Any],
        headers: dict[str, str] | None = None,
    ) -> "EmailMessage":
        """`account/email/login_code` is written by `emails/login_code.html`."""
        to = [email] if isinstance(email, str) else email
        name = template_prefix.rpartition("/")[2]
        urgent = {**(headers or {}), **delivery_headers(urgent=True)}
        return compose(name=name, to=to, context=context, headers=urgent)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Whoever came in a moment ago is not asked again at once."""
        began = allauth.request.session.get(SIGNED_IN, 0)
        if time.time() - began < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT:
            return False
        return bool(super().is_reauthentication_required(app=app, **kwargs))


class FactorAdapter(DefaultMFAAdapter):
    """Second factors, in the house's words."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": _(
            "What you do here needs a second factor. Set up another one first."
        ),
        "incorrect_code": _(
            "This code does not fit. The app shows a new one every 30 seconds."
        ),
    }

    def _get_site_name(self) -> str:
        return str(settings.WAGTAIL_SITE_NAME)

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        """A first name for a passkey; the person may change it."""
        return now_("My passkey")

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """A trusted person keeps at least one second factor."""
        return not settings.REQUIRE_SECOND_FACTOR or not lacks_second_factor(
            authenticator.user, without=authenticator
        )


def ask_to_stay(*, session: Any, email: str, stay: bool) -> None:
    """The box of a form of sign-in counts for the address in that form, and once."""
    session.pop(STAY, None)
    if stay:
        session[STAY] = email.lower()


def begin_session(*, request: Any, user: "User", **kwargs: Any) -> None:
    """Receiver of Django's sign-in: a day away ends it, or a month if so asked."""
    request.session[SEEN] = request.session[SIGNED_IN] = int(time.time())
    if request.session.pop(STAY, "") == user.email:
        request.session.set_expiry(settings.STAY_SIGNED_IN)


def membership_changed(*, instance: Any, **kwargs: Any) -> None:
    """Receiver: a membership was written or removed, by whomever.

    Where the whole account is deleted there is nobody left to keep in step.
    """
    origin = kwargs.get("origin")
    beginning = origin.model if isinstance(origin, QuerySet) else type(origin)
    if not kwargs.get("raw") and not issubclass(beginning, AbstractBaseUser):
        sync_groups(users=[instance.user_id])


def groups_changed(
    *, instance: Any, action: str, reverse: bool, pk_set: set[int] | None, **kwargs: Any
) -> None:
    """Receiver: somebody's groups were written; what follows a membership is put right."""
    if not action.startswith("post_"):
        return
    for kept in ("_perm_cache", "_group_perm_cache", "_user_perm_cache"):
        if hasattr(instance, kept):
            delattr(instance, kept)
    if reverse:
        sync_groups(users=pk_set)
    else:
        sync_groups(users=[instance.pk])


def working_group_gone(*, instance: Any, **kwargs: Any) -> None:
    """Receiver: its permission group goes with a working group."""
    Group.objects.filter(pk=instance.group_id).delete()
    rights_changed()


def rights_moved(**kwargs: Any) -> None:
    """Receiver: a restriction changed, or what it lies on."""
    rights_changed()
