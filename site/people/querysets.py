"""Reads of people: who may be seen by whom."""

from typing import TYPE_CHECKING, Any, Self, TypeAlias

from django.db import models

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from people.models import User

    Viewer: TypeAlias = User | AnonymousUser

MEMBERS = "Members"


def is_member(user: Any) -> bool:
    """Whether the person belongs to the community: asked once for each user object."""
    if not user.is_authenticated or not user.is_active:
        return False
    if user.is_superuser:
        return True
    if not hasattr(user, "_group_names"):
        user._group_names = frozenset(user.groups.values_list("name", flat=True))
    return MEMBERS in user._group_names


class UserQuerySet(models.QuerySet):
    """Accounts."""

    def visible_to(self, user: "Viewer") -> Self:
        """Oneself; and, for members, everybody active who chose to be found."""
        if not user.is_authenticated:
            return self.none()
        own = models.Q(pk=user.pk)
        if not is_member(user):
            return self.filter(own)
        return self.filter(own | models.Q(listed=True, is_active=True))


class OrganizationQuerySet(models.QuerySet):
    """Organizations."""

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
