"""Leaving the community for good."""

from importlib import import_module
from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from wagtail.models import ModelLogEntry

from mail.actions import forget_mail_to
from people.access import Role
from people.models import Contributor, Invitation, User
from people.models.identifiers import new_public_id
from people.querysets import rights_changed

if TYPE_CHECKING:
    from django.contrib.sessions.backends.base import SessionBase

# RFC 2606, section 2: nothing is ever delivered to “.invalid”.
NOWHERE = "gone.invalid"


class LastAdministrator(Exception):  # noqa: N818
    """Without this account nobody could look after the site."""


@transaction.atomic
def close_account(*, user: User) -> None:
    """Forgets the person: name, address, words about themselves, memberships, factors,
    and the mail that was written to them.

    What they wrote for others stays, by “A member”; so the row stays, with nothing of the
    person in it, and nobody can sign in with it. Ends their sessions everywhere.

    Raises LastAdministrator.
    """
    if _is_last_administrator(user):
        raise LastAdministrator
    _forget_what_belongs_to(user)
    _take_off_bylines(user)
    user.public_id = new_public_id()
    user.email = f"{user.public_id}@{NOWHERE}"
    user.name, user.pronouns, user.about = _("A member"), "", ""
    user.listed = user.is_active = user.is_superuser = False
    user.last_login = None
    user.set_unusable_password()
    user.save()
    user.groups.clear()
    # The history of the CMS calls an account by its name.
    ModelLogEntry.objects.for_instance(user).update(label=user.name)
    rights_changed()


def _forget_what_belongs_to(user: User) -> None:
    proven = EmailAddress.objects.filter(user=user).values_list("email", flat=True)
    addresses = [user.email, *proven]
    Invitation.objects.filter(email__in=addresses).delete()
    forget_mail_to(addresses=addresses)
    Authenticator.objects.filter(user=user).delete()
    EmailAddress.objects.filter(user=user).delete()
    user.organization_memberships.all().delete()
    user.working_group_memberships.all().delete()
    store: type[SessionBase] = import_module(settings.SESSION_ENGINE).SessionStore
    for session in UserSession.objects.filter(user=user):
        store(session.session_key).delete()
        session.delete()


def _take_off_bylines(user: User) -> None:
    """Saved one by one, so that whoever holds a copy of the name is told."""
    for byline in Contributor.objects.filter(user=user):
        byline.name, byline.about = _("A member"), ""
        byline.organization = byline.user = None
        byline.save()


def _is_last_administrator(user: User) -> bool:
    rules = Q(is_superuser=True) | Q(groups__name=Role.ADMINISTRATOR)
    active = User.objects.active().filter(rules)
    return (
        active.filter(pk=user.pk).exists() and not active.exclude(pk=user.pk).exists()
    )
