"""What a person loses with their standing: at once, whatever way the row is written.

The table is in docs/decisions/0077. A signal receiver calls `end_community_membership` when a
membership of an organization ends, also from the CMS or when the organization is deleted.
"""

from django.db import transaction
from django.db.models import F

from people.models import OrganizationMembership, User, WorkingGroupMembership

from .credentials import end_sessions


@transaction.atomic
def end_community_membership(*, user_id: int) -> None:
    """Remove the person from all working groups if they are in no organization any more.

    The row of the account is locked, so that of two organizations that a person leaves at the
    same moment one is seen as the last.
    """
    list(User.objects.select_for_update().filter(pk=user_id).values_list("pk"))
    if OrganizationMembership.objects.filter(user=user_id).exists():
        return
    WorkingGroupMembership.objects.filter(user=user_id).delete()


@transaction.atomic
def suspend_account(*, user: User) -> None:
    """Deactivate the account and end every session, so that none revives with the account.

    Memberships and roles stay, without effect, until somebody activates it again.
    """
    User.objects.filter(pk=user.pk).update(
        is_active=False, sessions_ended=F("sessions_ended") + 1
    )
    user.refresh_from_db(fields=["is_active", "sessions_ended"])
    end_sessions(user=user)
