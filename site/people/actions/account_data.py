"""What the account, memberships and sign-in store about a person, and the mail queue.

Mail lies below people in the layers and cannot declare anything here, so people does.
"""

from functools import partial
from typing import TYPE_CHECKING, Any

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import ModelLogEntry
from wagtail.users.models import UserProfile

from mail.actions import delete_mail_to
from people.models import Contributor, Invitation
from people.models.identifiers import new_public_id
from people.registry import PersonalData

from .credentials import HAS_API_TOKENS, void_credentials
from .personal_data import export_row, export_rows

if TYPE_CHECKING:
    from people.models import User

# RFC 2606, section 2: nothing is ever delivered to “.invalid”.
NOWHERE = "gone.invalid"
API_TOKENS = ("wagtailcore.APIToken.user",) if HAS_API_TOKENS else ()


class AccountData(PersonalData):
    """The account, its memberships, bylines, invitations, factors and sessions.

    What the person wrote for others stays, by “A member”. So the row of the account stays,
    with nothing of the person in it, and nobody can sign in with it.
    """

    relations = (
        "account.EmailAddress.user",
        "mfa.Authenticator.user",
        "people.Contributor.user",
        "people.Invitation.invited_by",
        "people.OrganizationMembership.user",
        "people.WorkingGroupMembership.user",
        "usersessions.UserSession.user",
        "wagtailcore.ModelLogEntry.user",
        "wagtailusers.UserProfile.user",
        *API_TOKENS,
    )

    def export(self, user: "User") -> dict[str, Any]:
        return {
            "account": export_row(user),
            "groups": sorted(user.groups.values_list("name", flat=True)),
            **export_rows(user=user, relations=self.relations),
        }

    def erase(self, user: "User") -> None:
        Invitation.objects.filter(email__in=_addresses_of(user)).delete()
        user.organization_memberships.all().delete()
        user.working_group_memberships.all().delete()
        _anonymize_bylines(user)
        _end_sign_in(user)
        _delete_cms_profile(user)
        _anonymize_account(user)


class MailData(PersonalData):
    """Mail to the person: erased with the account, not exported.

    The person has received it; what waits in the queue may hold codes.
    """

    def export(self, user: "User") -> dict[str, Any]:
        return {}

    def erase(self, user: "User") -> None:
        delete_mail_to(addresses=_addresses_of(user))


def _addresses_of(user: "User") -> list[str]:
    others = EmailAddress.objects.filter(user=user).values_list("email", flat=True)
    return [user.email, *others]


def _anonymize_bylines(user: "User") -> None:
    """Anonymize bylines one by one: search listens to each save."""
    for byline in Contributor.objects.filter(user=user):
        byline.name, byline.about = _("A member"), ""
        byline.organization = byline.user = None
        byline.save()


def _end_sign_in(user: "User") -> None:
    """Void all credentials, end every session, and delete the addresses."""
    void_credentials(user=user)
    EmailAddress.objects.filter(user=user).delete()


def _delete_cms_profile(user: "User") -> None:
    """Delete the settings of the CMS, and the picture in them once that is committed."""
    for profile in UserProfile.objects.filter(user=user):
        if profile.avatar:
            avatar = profile.avatar
            transaction.on_commit(partial(avatar.storage.delete, avatar.name))
        profile.delete()


def _anonymize_account(user: "User") -> None:
    user.public_id = new_public_id()
    user.email = f"{user.public_id}@{NOWHERE}"
    user.name, user.pronouns, user.about = _("A member"), "", ""
    user.listed = user.is_active = user.is_superuser = False
    user.last_login = None
    user.set_unusable_password()
    user.save()
    user.groups.clear()
    # The history of the CMS stores the name of the account in its own rows.
    ModelLogEntry.objects.for_instance(user).update(label=user.name)
