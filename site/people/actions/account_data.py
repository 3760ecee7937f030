"""What the account, memberships and sign-in store about a person, and the mail queue.

Mail lies below people in the layers and cannot declare anything here, so people does.
"""

from functools import partial
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from wagtail.models import ModelLogEntry
from wagtail.users.models import UserProfile

from mail.actions import delete_mail_to
from people.models import Contributor, Invitation, User
from people.models.identifiers import new_public_id
from people.registry import PersonalData

from .credentials import HAS_API_TOKENS, void_credentials
from .personal_data import export_rows

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

    def export(self, user: User) -> dict[str, Any]:
        """Return what the person entered, and where they belong today.

        Of invitations without the addresses and places of others, of the history of the CMS
        without the names of what was changed.
        """
        [account] = export_rows(
            User.objects.filter(pk=user.pk),
            *("email", "name", "pronouns", "about", "listed"),
            *("date_joined", "last_login"),
        )
        proven = EmailAddress.objects.filter(user=user, verified=True).values("email")
        invitation = ("created_at", "ends_at", "accepted_at", "role")
        return {
            "account": account,
            "groups": sorted(user.groups.values_list("name", flat=True)),
            "addresses": export_rows(
                EmailAddress.objects.filter(user=user), "email", "verified", "primary"
            ),
            "organizations": export_rows(
                user.organization_memberships.all(),
                *("role", "since"),
                name=F("organization__name"),
            ),
            "working_groups": export_rows(
                user.working_group_memberships.all(),
                *("role", "since", "shown"),
                name=F("working_group__name"),
            ),
            "bylines": export_rows(
                Contributor.objects.filter(user=user),
                *("name", "about"),
                at=F("organization__name"),
            ),
            "invitations_sent": export_rows(
                Invitation.objects.filter(invited_by=user), *invitation
            ),
            "invitations_received": export_rows(
                Invitation.objects.filter(email__in=proven), *invitation
            ),
            **_sign_in_of(user),
            **_cms_of(user),
        }

    def erase(self, user: User) -> None:
        Invitation.objects.filter(email__in=_addresses_of(user)).delete()
        user.organization_memberships.all().delete()
        user.working_group_memberships.all().delete()
        _anonymize_bylines(user)
        _end_sign_in(user)
        _delete_cms_profile(user)
        _anonymize_account(user)


def _sign_in_of(user: User) -> dict[str, Any]:
    """Return the factors and sessions of the person, without what would open the account."""
    factor = ("type", "created_at", "last_used_at")
    session = ("created_at", "last_seen_at", "ip", "user_agent")
    found = {
        "second_factors": export_rows(Authenticator.objects.filter(user=user), *factor),
        "sessions": export_rows(UserSession.objects.filter(user=user), *session),
    }
    if HAS_API_TOKENS:
        tokens = getattr(user, "api_tokens")  # noqa: B009  (only Wagtail 8 has it)
        found["api_tokens"] = export_rows(tokens.all(), "name")
    return found


def _cms_of(user: User) -> dict[str, Any]:
    profile = (
        "preferred_language",
        "current_time_zone",
        "theme",
        "contrast",
        "density",
    )
    return {
        "cms_settings": export_rows(UserProfile.objects.filter(user=user), *profile),
        "cms_changes": export_rows(
            ModelLogEntry.objects.filter(user=user), "timestamp", "action"
        ),
    }


class MailData(PersonalData):
    """Mail to the person: erased with the account, not exported.

    The person has received it; what waits in the queue may hold codes.
    """

    def export(self, user: User) -> dict[str, Any]:
        return {}

    def erase(self, user: User) -> None:
        delete_mail_to(addresses=_addresses_of(user))


def _addresses_of(user: User) -> list[str]:
    others = EmailAddress.objects.filter(user=user).values_list("email", flat=True)
    return [user.email, *others]


def _anonymize_bylines(user: User) -> None:
    """Anonymize bylines one by one: search listens to each save."""
    for byline in Contributor.objects.filter(user=user):
        byline.name, byline.about = _("A member"), ""
        byline.organization = byline.user = None
        byline.save()


def _end_sign_in(user: User) -> None:
    """Void all credentials, end every session, and delete the addresses."""
    void_credentials(user=user)
    EmailAddress.objects.filter(user=user).delete()


def _delete_cms_profile(user: User) -> None:
    """Delete the settings of the CMS, and the picture in them once that is committed."""
    for profile in UserProfile.objects.filter(user=user):
        if profile.avatar:
            avatar = profile.avatar
            transaction.on_commit(partial(avatar.storage.delete, avatar.name))
        profile.delete()


def _anonymize_account(user: User) -> None:
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
