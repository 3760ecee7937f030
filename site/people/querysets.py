"""Querysets of accounts, organizations, working groups and invitations."""

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
class _Rights:
    """A counter of changes to groups and restrictions in this process.

    What is cached on a user object is valid only while the counter stays the same.
    """

    version: int = 0


_rights = _Rights()


def rights_changed() -> None:
    """Invalidate what this process has cached about the groups and access of all users."""
    _rights.version += 1


def rights_version() -> int:
    """Return a number that changes whenever a group or restriction does in this process."""
    return _rights.version


def groups_of(user: Any) -> dict[int, str]:
    """Return the names of the user's groups by primary key, cached until rights change.

    Nobody but an active, signed-in user has groups.
    """
    if not user.is_authenticated or not user.is_active:
        return {}
    version, cached = getattr(user, "_cached_groups", (None, None))
    if cached is None or version != rights_version():
        cached = dict(user.groups.values_list("pk", "name"))
        user._cached_groups = (rights_version(), cached)
    return cached


def is_member(user: Any) -> bool:
    """Return whether the user belongs to the community."""
    if not user.is_authenticated or not user.is_active:
        return False
    return user.is_superuser or MEMBERS in groups_of(user).values()


class UserQuerySet(models.QuerySet):
    """Accounts."""

    def active(self) -> Self:
        """Return accounts that are not closed."""
        return self.filter(is_active=True)

    def visible_to(self, user: "Viewer") -> Self:
        """Return the user; for members, also active people who chose to be found."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        own = models.Q(pk=user.pk)
        if not is_member(user):
            return self.filter(own)
        return self.filter(own | models.Q(listed=True, is_active=True))


class OrganizationQuerySet(models.QuerySet):
    """Organizations."""

    def led_by(self, user: "Viewer") -> Self:
        """Return organizations that the user leads; moderators lead all of them."""
        return _led_by(self, user)

    def visible_to(self, user: "Viewer") -> Self:
        """Return all for members; for others listed ones and their own."""
        if is_member(user):
            return self.all()
        seen = models.Q(listed=True)
        if user.is_authenticated:
            seen |= models.Q(memberships__user=user)
            return self.filter(seen).distinct()
        return self.filter(seen)


class WorkingGroupQuerySet(models.QuerySet):
    """Working groups."""

    def active(self) -> Self:
        """Return groups that are not closed."""
        return self.filter(closed_at=None)

    def of(self, user: "Viewer") -> Self:
        """Return groups that the user is in."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(memberships__user=user)

    def visible_to(self, user: "Viewer") -> Self:
        """Return listed groups and the user's own for members; for others only their own."""
        if not is_member(user):
            return self.of(user)
        seen = models.Q(listed=True) | models.Q(memberships__user=user)
        return self.filter(seen).distinct()

    def shown_in_cms_to(self, user: "Viewer") -> Self:
        """Return groups that the CMS names to an editor: all to those who manage groups."""
        if is_manager(user):
            return self.all()
        return self.visible_to(user)

    def led_by(self, user: "Viewer") -> Self:
        """Return groups that the user leads; moderators lead all of them."""
        return _led_by(self, user)


# They manage every organization and working group, not only their own.
MANAGERS = frozenset({"Moderators", "Administrators"})


def is_manager(user: Any) -> bool:
    """Return whether the user manages every organization and working group."""
    if not user.is_authenticated or not user.is_active:
        return False
    return user.is_superuser or not MANAGERS.isdisjoint(groups_of(user).values())


def _led_by(rows: Any, user: Any) -> Any:
    if not user.is_authenticated or not user.is_active:
        return rows.none()
    if is_manager(user):
        return rows.all()
    return rows.filter(memberships__user=user, memberships__role="lead")


class InvitationQuerySet(models.QuerySet):
    """Invitations."""

    def pending(self) -> Self:
        """Return invitations that can still be accepted."""
        return self.filter(accepted_at=None, ends_at__gt=timezone.now())
