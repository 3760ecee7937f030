"""Who may see what, computed from Wagtail's privacy settings.

Wagtail stores privacy as view restrictions on pages and collections. They are inherited
along the tree and add up: a user must pass every restriction between the root and the item.
The set of restrictions that apply to an item is its *access rule*. A site has few distinct
rules, so a question about many items becomes a question about few rules. Those of the source
of an alias apply to the alias too: `people.models.restrictions`.

An active, signed-in user passes login restrictions, and group restrictions that name one of
their groups; a superuser passes both kinds always. Nobody passes a password restriction: the
CMS offers none, and a page that has one all the same is hidden from everybody.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property, reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import Group
from django.db.models import Q
from wagtail.models import PageViewRestriction

from people.models import (
    PUBLIC,
    Invitation,
    Organization,
    Restriction,
    Restrictions,
    WorkingGroup,
    topmost,
)
from people.querysets import MEMBERS, groups_of, rights_version

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# SQLite refuses expressions that are nested more than a thousand deep, as each OR is.
_TOGETHER = 100


class Role(StrEnum):
    """The roles that apply to the whole site; each value is the name of a Django group."""

    MEMBER = MEMBERS
    EDITOR = "Editors"
    MODERATOR = "Moderators"
    ADMINISTRATOR = "Administrators"


# They change what others read, and who is a member: they need a second factor.
TRUSTED = frozenset({Role.EDITOR, Role.MODERATOR, Role.ADMINISTRATOR})


@dataclass
class Access:
    """What one user may see. Get it from `access_of`, which caches it."""

    signed_in: bool
    passes_everything: bool
    groups: frozenset[int]
    restrictions: Restrictions = field(default_factory=Restrictions)

    def passes(self, rule: str) -> bool:
        """Return whether the user passes an access rule. Nobody passes an unknown key."""
        if rule == PUBLIC:
            return True
        known = self.restrictions.by_key
        return all(key in known and known[key].admits(self) for key in rule.split(","))

    def may_see_page(self, page: Any) -> bool:
        """Return whether the user may see a page; the predicate twin of `page_q`."""
        return page.live and self.passes(self.restrictions.rule_of_page(page.path))

    def may_see_collection(self, path: str) -> bool:
        """Return whether the user may see the items of a collection; twin of `collection_q`."""
        return self.passes(self.restrictions.rule_of_collection(path))

    @cached_property
    def page_q(self) -> Q:
        """Live pages that the user may see, as a filter on `Page`."""
        return Q(live=True) & _outside(
            self._paths_closed(self.restrictions.of_pages), "path"
        )

    @cached_property
    def collection_q(self) -> Q:
        """Documents, images and media that the user may see, as a filter on them."""
        closed = self._paths_closed(self.restrictions.of_collections)
        return _outside(closed, "collection__path")

    def cms_shows_page(self, path: str) -> bool:
        """Return whether the CMS shows the page at a tree path; twin of `cms_page_q`."""
        return not path.startswith(tuple(self.pages_hidden_in_cms))

    def cms_shows_collection(self, path: str) -> bool:
        """Return whether the CMS shows the items of a collection; twin of `cms_file_q`."""
        return not path.startswith(tuple(self._collections_hidden_in_cms))

    @cached_property
    def cms_page_q(self) -> Q:
        """Pages that the CMS shows an editor, drafts included, as a filter on `Page`.

        It hides only what is restricted to groups that the editor is not in. Pages for all
        members are shown, since an editor need not be a member, and so are pages with a
        password, so that it can be removed.
        """
        return _outside(self.pages_hidden_in_cms, "path")

    @cached_property
    def cms_file_q(self) -> Q:
        """Documents, images and media that the CMS shows an editor."""
        return _outside(self._collections_hidden_in_cms, "collection__path")

    @cached_property
    def cms_collection_q(self) -> Q:
        """Collections that the CMS shows an editor."""
        return _outside(self._collections_hidden_in_cms, "path")

    @cached_property
    def pages_hidden_in_cms(self) -> list[str]:
        hidden = filter(self._hidden_in_cms, self.restrictions.of_pages)
        return topmost(each.path for each in hidden)

    @cached_property
    def _collections_hidden_in_cms(self) -> list[str]:
        hidden = filter(self._hidden_in_cms, self.restrictions.of_collections)
        return topmost(each.path for each in hidden)

    def _hidden_in_cms(self, restriction: Restriction) -> bool:
        return (
            restriction.kind == PageViewRestriction.GROUPS
            and not restriction.admits(self)
            and self._members_group not in restriction.groups
        )

    @cached_property
    def _members_group(self) -> int | None:
        return Group.objects.filter(name=MEMBERS).values_list("pk", flat=True).first()

    def _paths_closed(self, restrictions: "Iterable[Restriction]") -> list[str]:
        """Return the topmost tree paths that the user may not see."""
        return topmost(each.path for each in restrictions if not each.admits(self))


def _outside(paths: "Sequence[str]", column: str) -> Q:
    """Return a filter for what is below none of the paths, however many there are."""
    outside = Q()
    for start in range(0, len(paths), _TOGETHER):
        some = paths[start : start + _TOGETHER]
        outside &= ~reduce(or_, (Q(**{f"{column}__startswith": each}) for each in some))
    return outside


def access_of(user: Any) -> Access:
    """Return the user's access, cached on the user object until any rights change."""
    version, cached = getattr(user, "_cached_access", (None, None))
    if isinstance(cached, Access) and version == rights_version():
        return cached
    active = user.is_authenticated and user.is_active
    access = Access(
        signed_in=active,
        passes_everything=active and user.is_superuser,
        groups=frozenset(groups_of(user)),
    )
    user._cached_access = (rights_version(), access)
    return access


def may_add_people(user: Any, place: Organization | WorkingGroup) -> bool:
    """Return whether the user may add people to a place: nobody can join a closed group."""
    rows: Any = type(place).objects.led_by(user)
    if isinstance(place, WorkingGroup):
        rows = rows.active()
    return bool(rows.filter(pk=place.pk).exists())


def is_acceptable(invitation: Invitation) -> bool:
    """Return whether an invitation is pending, and its sender may still add people there."""
    sender = invitation.invited_by
    return (
        invitation.is_pending
        and sender is not None
        and may_add_people(sender, invitation.into)
    )


def is_trusted(user: Any) -> bool:
    """Return whether the user is a superuser or has a trusted role."""
    return user.is_superuser or not TRUSTED.isdisjoint(groups_of(user).values())


def may_enter_cms(user: Any) -> bool:
    """Return whether the user may enter the CMS: with a second factor, if one is required."""
    if not user.has_perm("wagtailadmin.access_admin"):
        return False
    return not (
        settings.REQUIRE_SECOND_FACTOR and lacks_second_factor(user, always=True)
    )


def lacks_second_factor(
    user: Any, *, always: bool = False, without: Authenticator | None = None
) -> bool:
    """Return whether the user has a trusted role and no second factor.

    With `always` the role does not matter. With `without`, that factor does not count: would
    the user lack one after removing it?
    """
    if not user.is_authenticated or not (always or is_trusted(user)):
        return False
    # Recovery codes are a fallback, no factor of their own.
    second_factors = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    factors = Authenticator.objects.filter(user_id=user.pk, type__in=second_factors)
    return not factors.exclude(pk=without.pk if without else None).exists()
