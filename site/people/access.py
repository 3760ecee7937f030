"""Who may see what: Wagtail's privacy, asked in one place.

Wagtail keeps privacy as restrictions on pages and on collections; they are inherited along
the tree and add up: a person must pass every restriction on the way from the root. The set
of restrictions that hold on an item is its *access rule*. There are few distinct rules in a
site, so every question about many items becomes a question about few rules.

Passing: an active signed-in person passes a login restriction, and a group restriction of a
group they belong to; a superuser passes both of anybody. A password restriction is passed by
nobody here: whoever knows the password opens the page itself, but it appears in no list,
count, feed or search.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Any

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group
from django.db.models import Q, Value
from wagtail.models import CollectionViewRestriction, PageViewRestriction

from people.querysets import MEMBERS, groups_of, rights_number

if TYPE_CHECKING:
    from collections.abc import Iterable

PUBLIC = ""


class Role(StrEnum):
    """The roles that hold for the whole site, by the name of their group."""

    MEMBER = MEMBERS
    EDITOR = "Editors"
    MODERATOR = "Moderators"
    ADMINISTRATOR = "Administrators"


# Whoever can change what others read or are called needs a second factor.
TRUSTED = frozenset({Role.EDITOR, Role.MODERATOR, Role.ADMINISTRATOR})


@dataclass(frozen=True)
class Restriction:
    """One restriction: where it begins in a tree, and whom it lets pass."""

    key: str
    path: str
    kind: str
    groups: frozenset[int]

    def holds_on(self, path: str) -> bool:
        return path.startswith(self.path)

    def lets_pass(self, viewer: "Access") -> bool:
        if self.kind == PageViewRestriction.NONE:
            return True
        if self.kind == PageViewRestriction.PASSWORD:
            return False
        if viewer.passes_everything:
            return True
        if self.kind == PageViewRestriction.LOGIN:
            return viewer.signed_in
        if self.kind == PageViewRestriction.GROUPS:
            return not self.groups.isdisjoint(viewer.groups)
        return False


_OWNERS: tuple[tuple[Any, str, str], ...] = (
    (PageViewRestriction, "page", "p"),
    (CollectionViewRestriction, "collection", "c"),
)


def _load() -> dict[str, tuple[Restriction, ...]]:
    """All restrictions by their letter, in one query: a row for each group of each."""
    columns = ("pk", "restriction_type", "groups")
    pages, collections = (
        model.objects.annotate(letter=Value(letter)).values_list(
            "letter", f"{owner}__path", *columns
        )
        for model, owner, letter in _OWNERS
    )
    groups: dict[tuple[str, str, int, str], set[int]] = defaultdict(set)
    for letter, path, pk, kind, group in pages.union(collections, all=True):
        groups[letter, path, pk, kind].update([] if group is None else [group])
    found: dict[str, list[Restriction]] = {"p": [], "c": []}
    for (letter, path, pk, kind), let_in in sorted(groups.items()):
        found[letter].append(
            Restriction(f"{letter}{pk}", path, kind, frozenset(let_in))
        )
    return {letter: tuple(each) for letter, each in found.items()}


@dataclass
class Restrictions:
    """All restrictions of the site, read once: one query, lazily."""

    @cached_property
    def _all(self) -> dict[str, tuple[Restriction, ...]]:
        return _load()

    @property
    def of_pages(self) -> tuple[Restriction, ...]:
        return self._all["p"]

    @property
    def of_collections(self) -> tuple[Restriction, ...]:
        return self._all["c"]

    @cached_property
    def by_key(self) -> dict[str, Restriction]:
        return {each.key: each for each in (*self.of_pages, *self.of_collections)}

    def rule_of_page(self, path: str) -> str:
        """The access rule of the page at a tree path: sorted keys, `PUBLIC` if none."""
        return _rule(self.of_pages, path)

    def rule_of_collection(self, path: str) -> str:
        """The access rule of whatever lies in the collection at a tree path."""
        return _rule(self.of_collections, path)


def _rule(restrictions: "Iterable[Restriction]", path: str) -> str:
    return ",".join(sorted(each.key for each in restrictions if each.holds_on(path)))


@dataclass
class Access:
    """What one person passes. Make it once for a request and ask it often."""

    signed_in: bool
    passes_everything: bool
    groups: frozenset[int]
    restrictions: Restrictions = field(default_factory=Restrictions)

    def passes(self, rule: str) -> bool:
        """Whether the person passes an access rule; an unknown key is not passed."""
        if rule == PUBLIC:
            return True
        known = self.restrictions.by_key
        return all(
            key in known and known[key].lets_pass(self) for key in rule.split(",")
        )

    def may_see_page(self, page: Any) -> bool:
        """Predicate twin of `page_q`."""
        return page.live and self.passes(self.restrictions.rule_of_page(page.path))

    def may_see_collection(self, path: str) -> bool:
        """Predicate twin of `collection_q`."""
        return self.passes(self.restrictions.rule_of_collection(path))

    @cached_property
    def page_q(self) -> Q:
        """Live pages that the person may see; for querysets of `Page`."""
        return Q(live=True) & _outside(self._closed(self.restrictions.of_pages), "path")

    @cached_property
    def collection_q(self) -> Q:
        """Items in collections that the person may see: documents, images, media."""
        closed = self._closed(self.restrictions.of_collections)
        return _outside(closed, "collection__path")

    def may_edit_at(self, path: str) -> bool:
        """Predicate twin of `edit_q`."""
        return not path.startswith(tuple(self._shut_pages))

    def may_edit_in_collection(self, path: str) -> bool:
        """Predicate twin of `edit_collection_q`."""
        return not path.startswith(tuple(self._shut_collections))

    @cached_property
    def edit_q(self) -> Q:
        """Pages, drafts too, that the CMS does not hide from an editor.

        Only what is kept for groups of others is hidden. Whoever edits for all members
        need not be one, and the password of a page is set in the CMS itself.
        """
        return _outside(self._shut_pages, "path")

    @cached_property
    def edit_collection_q(self) -> Q:
        """Items in collections that the CMS does not hide from an editor."""
        return _outside(self._shut_collections, "collection__path")

    @cached_property
    def open_collections_q(self) -> Q:
        """Collections themselves that the CMS does not hide from an editor."""
        return _outside(self._shut_collections, "path")

    @cached_property
    def _shut_pages(self) -> list[str]:
        return _topmost(filter(self._shut_to_editing, self.restrictions.of_pages))

    @cached_property
    def _shut_collections(self) -> list[str]:
        return _topmost(filter(self._shut_to_editing, self.restrictions.of_collections))

    def _shut_to_editing(self, restriction: Restriction) -> bool:
        return (
            restriction.kind == PageViewRestriction.GROUPS
            and not restriction.lets_pass(self)
            and self._members not in restriction.groups
        )

    @cached_property
    def _members(self) -> int | None:
        return Group.objects.filter(name=MEMBERS).values_list("pk", flat=True).first()

    def _closed(self, restrictions: "Iterable[Restriction]") -> list[str]:
        """Topmost tree paths that the person may not enter."""
        return _topmost(each for each in restrictions if not each.lets_pass(self))


def _topmost(restrictions: "Iterable[Restriction]") -> list[str]:
    topmost: list[str] = []
    for path in sorted(each.path for each in restrictions):
        if not topmost or not path.startswith(topmost[-1]):
            topmost.append(path)
    return topmost


def _outside(paths: "Iterable[str]", column: str) -> Q:
    closed = Q()
    for path in paths:
        closed |= Q(**{f"{column}__startswith": path})
    return ~closed if closed else Q()


def access_of(user: Any) -> Access:
    """The person's access; kept on the user object until somebody's rights change."""
    number, kept = getattr(user, "_access_kept", (None, None))
    if isinstance(kept, Access) and number == rights_number():
        return kept
    active = user.is_authenticated and user.is_active
    access = Access(
        signed_in=active,
        passes_everything=active and user.is_superuser,
        groups=frozenset(groups_of(user)),
    )
    user._access_kept = (rights_number(), access)
    return access


def is_trusted(user: Any) -> bool:
    """Whether the person has the rights of a trusted role."""
    return user.is_superuser or not TRUSTED.isdisjoint(groups_of(user).values())


def lacks_second_factor(
    user: Any, *, always: bool = False, without: Authenticator | None = None
) -> bool:
    """Whether the person has the rights of a trusted role and signs in with one factor.

    `always` asks it of anybody, whatever the role; `without`, as if that factor were gone.
    """
    if not user.is_authenticated or not (always or is_trusted(user)):
        return False
    strong = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    factors = Authenticator.objects.filter(user_id=user.pk, type__in=strong)
    return not factors.exclude(pk=without.pk if without else None).exists()
