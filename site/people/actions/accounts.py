"""Close an account for good."""

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from people.access import Role
from people.models import User
from people.querysets import rights_changed

from .personal_data import erase_personal_data


class LastAdministrator(Exception):  # noqa: N818
    """Without this account nobody could administer the site."""

    sentence = _(
        "This is the only administrator. Give that role to somebody else first."
    )


@transaction.atomic
def close_account(*, user: User) -> None:
    """Erase what the site stores about the person, and end their sessions everywhere.

    What they wrote for others stays, by “A member”. Each app erases its own part: see
    `people.registry`. Raises LastAdministrator.
    """
    if _is_last_administrator(user):
        raise LastAdministrator
    erase_personal_data(user=user)
    rights_changed()


def _is_last_administrator(user: User) -> bool:
    """Tell whether the account is the only one; locks all, so that two do not go at once."""
    rules = Q(is_superuser=True) | Q(groups__name=Role.ADMINISTRATOR)
    active = User.objects.active().filter(rules).order_by("pk")
    locked = active.select_for_update(of=("self",))
    return set(locked.values_list("pk", flat=True)) == {user.pk}
