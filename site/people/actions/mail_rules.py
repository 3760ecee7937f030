"""Who may read e-mail that names an organization, a working group or an invitation.

Each rule is asked when the e-mail is queued and again before it is sent (`mail.registry`), so
that an e-mail never tells of a group that its reader has left, and never has a dead link.
"""

from typing import TYPE_CHECKING

from mail.registry import About, Rule
from people.access import is_acceptable
from people.models import Invitation, Organization, User, WorkingGroup

if TYPE_CHECKING:
    from django.db.models import Model

CLOSED = "The account is closed or inactive, or has another address now."
NOT_IN_IT = "No active account with this address is in it."
NOT_ACCEPTABLE = "The invitation was withdrawn or cannot be accepted any more."


def about(row: "Model") -> About:
    """Return what an e-mail about the row says that it is about."""
    return About(rule=row._meta.label_lower, key=str(row.pk))


def why_not_about_account(key: str, email: str) -> str:
    """Allow the address of the account while the account is active."""
    found = User.objects.active().filter(pk=key, email=email)
    return "" if found.exists() else CLOSED


def why_not_about_organization(key: str, email: str) -> str:
    """Allow the people of the organization."""
    return _why_not_about_place(Organization, key, email)


def why_not_about_working_group(key: str, email: str) -> str:
    """Allow the people in the working group."""
    return _why_not_about_place(WorkingGroup, key, email)


def _why_not_about_place(
    model: type[Organization | WorkingGroup], key: str, email: str
) -> str:
    people = User.objects.active().filter(email=email)
    found = model._default_manager.filter(pk=key, memberships__user__in=people)
    return "" if found.exists() else NOT_IN_IT


def why_not_about_invitation(key: str, email: str) -> str:
    """Allow the invited address while the invitation can be accepted."""
    rows = Invitation.objects.select_related("invited_by").filter(pk=key, email=email)
    found = rows.first()
    return "" if found and is_acceptable(found) else NOT_ACCEPTABLE


RULES: dict[type["Model"], Rule] = {
    Invitation: why_not_about_invitation,
    Organization: why_not_about_organization,
    User: why_not_about_account,
    WorkingGroup: why_not_about_working_group,
}
