"""Reads of people: who may be seen by whom."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self, TypeAlias

from django.db import models
from django.utils import timezone

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from people.models import User

    Viewer: TypeAlias = User | AnonymousUser

MEMBERS = "Members"


@dataclass
class _Changes:
    """How often groups or restrictions changed in this process.

    What is kept on a user object for a request is good only as long as this number stands.
    """

    number: int = 0


_changes = _Changes()


def rights_changed() -> None:
    """Whatever was kept about anybody's groups and access is asked anew."""
    _changes.number += 1


def rights_number() -> int:
    """Changes whenever somebody's groups, or a restriction, changed in this process."""
    return _changes.number


def groups_of(user: Any) -> dict[int, str]:
    """The person's groups, names by key; asked once, and again after a change of rights."""
    if not user.is_authenticated or not user.is_active:
        return {}
    number, kept = getattr(user, "_groups_kept", (None, None))
    if kept is None or number != rights_number():
        kept = dict(user.groups.values_list("pk", "name"))
        user._groups_kept = (rights_number(), kept)
    return kept


def is_member(user: Any) -> bool:
    """Whether the person belongs to the community."""
    if not user.is_authenticated or not user.is_active:
        return False
    return user.is_superuser or MEMBERS in groups_of(user).values()


class UserQuerySet(models.QuerySet):
    """Accounts."""

    def active(self) -> Self:
        """Accounts that somebody can sign in with."""
        return self.filter(is_active=True)

    def visible_to(self, user: "Viewer") -> Self:
        """Oneself; and, for members, everybody active who chose to be found."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        own = models.Q(pk=user.pk)
        if not is_member(user):
            return self.filter(own)
        return self.filter(own | models.Q(listed=True, is_active=True))


class OrganizationQuerySet(models.QuerySet):
    """Organizations."""

    def led_by(self, user: "Viewer") -> Self:
        """The organizations that the person leads; all of them for moderators."""
        return _led_by(self, user)

    def visible_to(self, user: "Viewer") -> Self:
        """All for members; listed ones for visitors; one's own always."""
        if is_member(user):
            return self.all()
        seen = models.Q(listed=True)
        if user.is_authenticated:
            seen |= models.Q(memberships__user=user)
            return self.filter(seen).distinct()
        return self.filter(seen)


class WorkingGroupQuerySet(models.QuerySet):
    """Working groups."""

    def open(self) -> Self:
        """Groups that still work."""
        return self.filter(closed_at=None)

    def of(self, user: "Viewer") -> Self:
        """The groups that a person belongs to."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(memberships__user=user)

    def visible_to(self, user: "Viewer") -> Self:
        """For members: groups that do not hide, and one's own; nothing for others."""
        if not is_member(user):
            return self.of(user)
        seen = models.Q(listed=True) | models.Q(memberships__user=user)
        return self.filter(seen).distinct()

    def led_by(self, user: "Viewer") -> Self:
        """The groups that the person leads; all of them for moderators."""
        return _led_by(self, user)


# Who looks after every organization and working group, and not only after their own.
CARETAKERS = frozenset({"Moderators", "Administrators"})


def _led_by(rows: Any, user: Any) -> Any:
    if not user.is_authenticated or not user.is_active:
        return rows.none()
    if user.is_superuser or not CARETAKERS.isdisjoint(groups_of(user).values()):
        return rows.all()
    return rows.filter(memberships__user=user, memberships__role="lead")


class InvitationQuerySet(models.QuerySet):
    """Invitations."""

    def open(self) -> Self:
        """Those that nobody accepted yet and that have not ended."""
        return self.filter(accepted_at=None, ends_at__gt=timezone.now())
