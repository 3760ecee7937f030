"""Wagtail's view restrictions, and where in the trees of pages and collections they apply.

A restriction applies to its page or collection and to everything below. One that applies to
a page applies to each alias of it as well, wherever the alias is, and so on for aliases of
aliases: an alias is as private as its source. It may be more private, by its own place.
"""

from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cached_property, reduce
from operator import or_
from typing import TYPE_CHECKING, Any, Protocol

from django.db.models import IntegerField, Q, Value
from wagtail.models import CollectionViewRestriction, Page, PageViewRestriction

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

PUBLIC = ""
_NOBODY = frozenset({PageViewRestriction.PASSWORD})
_SIGNED_IN = frozenset({PageViewRestriction.LOGIN, PageViewRestriction.GROUPS})


class Passer(Protocol):
    """What a restriction asks about somebody."""

    signed_in: bool
    passes_everything: bool
    groups: frozenset[int]


@dataclass(frozen=True)
class Restriction:
    """One view restriction: where in the tree it begins, and who passes it.

    At an alias (`by_alias`) a restriction of the source begins again, with the same key.
    """

    key: str
    path: str
    kind: str
    groups: frozenset[int]
    by_alias: bool = False

    def applies_to(self, path: str) -> bool:
        return path.startswith(self.path)

    def admits(self, viewer: Passer) -> bool:
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

    def admits_no_more_than(self, other: "Restriction") -> bool:
        """Return whether everybody who passes this one passes the other one too."""
        if other.kind == PageViewRestriction.NONE or self.kind in _NOBODY:
            return True
        if other.kind == PageViewRestriction.LOGIN:
            return self.kind in _SIGNED_IN
        if other.kind == PageViewRestriction.GROUPS:
            return self.kind == other.kind and self.groups <= other.groups
        return False


_OWNERS: tuple[tuple[Any, str, str], ...] = (
    (PageViewRestriction, "page", "p"),
    (CollectionViewRestriction, "collection", "c"),
)
_ALIAS = "a"
# SQLite refuses expressions that are nested a thousand deep.
_AT_ONCE = 100


@dataclass(frozen=True)
class _Loaded:
    """The restrictions as they are stored, and the path of the source of each alias."""

    pages: tuple[Restriction, ...]
    collections: tuple[Restriction, ...]
    sources: "Mapping[str, str]"


def _load() -> _Loaded:
    """Return all restrictions of pages ("p") and collections ("c"), in one query.

    The query returns one row per restriction and group, and one per alias of a page.
    """
    columns = ("pk", "restriction_type", "groups")
    pages, collections = (
        model.objects.annotate(tree=Value(tree)).values_list(
            "tree", f"{owner}__path", *columns
        )
        for model, owner, tree in _OWNERS
    )
    groups: dict[tuple[str, str, int, str], set[int]] = defaultdict(set)
    sources: dict[str, str] = {}
    for tree, path, pk, kind, group in pages.union(collections, _aliases(), all=True):
        if tree == _ALIAS:
            sources[path] = kind
        else:
            groups[tree, path, pk, kind].update([] if group is None else [group])
    found: dict[str, list[Restriction]] = {"p": [], "c": []}
    for (tree, path, pk, kind), admitted in sorted(groups.items()):
        found[tree].append(Restriction(f"{tree}{pk}", path, kind, frozenset(admitted)))
    return _Loaded(tuple(found["p"]), tuple(found["c"]), sources)


def _aliases() -> Any:
    """Return the path of each alias and of its source, as rows of the query above."""
    # Written as a range: for IS NOT NULL, SQLite would read all pages instead of the index.
    aliases = Page.objects.filter(alias_of__gt=0).order_by()
    return aliases.annotate(
        tree=Value(_ALIAS), group=Value(None, output_field=IntegerField())
    ).values_list("tree", "path", "pk", "alias_of__path", "group")


def _at_aliases(
    restrictions: "Iterable[Restriction]", sources: "Mapping[str, str]"
) -> "Iterator[Restriction]":
    """Yield the restrictions of each source again for its alias, where not inherited.

    What applies at an alias applies below it, and so to other sources: repeated until
    nothing is added. Costs a few lookups for each alias, however many restrictions exist.
    """
    at: dict[str, dict[str, Restriction]] = defaultdict(dict)
    for each in restrictions:
        at[each.path][each.key] = each
    added = True
    while added and at:
        added = False
        for alias, source in sorted(sources.items()):
            known = {key for path in _down_to(alias) for key in at.get(path, ())}
            missing = {
                key: replace(each, path=alias, by_alias=True)
                for path in _down_to(source)
                for key, each in at.get(path, {}).items()
                if key not in known
            }
            at[alias].update(missing)
            added = added or bool(missing)
            yield from missing.values()


def _down_to(path: str) -> "Iterator[str]":
    """Yield the paths of the pages from the root of the tree to the page."""
    for length in range(Page.steplen, len(path) + 1, Page.steplen):
        yield path[:length]


@dataclass
class Restrictions:
    """All view restrictions of the site, read lazily in one query."""

    @cached_property
    def _stored(self) -> _Loaded:
        return _load()

    @cached_property
    def of_pages(self) -> tuple[Restriction, ...]:
        stored = self._stored
        return (*stored.pages, *_at_aliases(stored.pages, stored.sources))

    @property
    def of_collections(self) -> tuple[Restriction, ...]:
        return self._stored.collections

    @cached_property
    def by_key(self) -> dict[str, Restriction]:
        return {each.key: each for each in (*self.of_pages, *self.of_collections)}

    def rule_of_page(self, path: str) -> str:
        """Return the access rule of the page at a tree path: sorted keys, or `PUBLIC`."""
        return _rule(self.of_pages, path)

    def rule_of_collection(self, path: str) -> str:
        """Return the access rule of the items in the collection at a tree path."""
        return _rule(self.of_collections, path)

    def at_page(self, path: str) -> list[Restriction]:
        """Return the restrictions that apply to the page at a tree path."""
        return [each for each in self.of_pages if each.applies_to(path)]

    def along_with(self, page: Any) -> list[Restriction]:
        """Return the restrictions that a page has wherever it is: its own, its source's."""
        own = [each for each in self.of_pages if each.path == page.path]
        return own + (self.at_page(page.alias_of.path) if page.alias_of_id else [])

    def of_place(self, path: str) -> list[Restriction]:
        """Return the restrictions that a place gives to a page in it.

        Those that it has only because it is below an alias are excluded: they end when the
        source opens, and nobody thinks of the pages below the alias then.
        """
        return [each for each in self.at_page(path) if not each.by_alias]

    def after_move(self, path: str, parent: str) -> list[Restriction]:
        """Return the restrictions of a page once it is moved from its path below the parent.

        An alias elsewhere may be closed only because the page is closed where it is now.
        """
        place = parent + "Z" * Page.steplen

        def moved(old: str) -> str:
            return place + old[len(path) :] if old.startswith(path) else old

        stored = [replace(each, path=moved(each.path)) for each in self._stored.pages]
        sources = {moved(a): moved(s) for a, s in self._stored.sources.items()}
        return [
            each
            for each in (*stored, *_at_aliases(stored, sources))
            if each.applies_to(place) and (not each.by_alias or each.path == place)
        ]


def _rule(restrictions: "Iterable[Restriction]", path: str) -> str:
    return ",".join(
        sorted({each.key for each in restrictions if each.applies_to(path)})
    )


def topmost(paths: "Iterable[str]") -> list[str]:
    """Return the tree paths that are below no other one, sorted."""
    found: list[str] = []
    for path in sorted(paths):
        if not found or not path.startswith(found[-1]):
            found.append(path)
    return found


def paths_read_alike(path: str) -> list[str]:
    """Return the path, and those of the aliases of pages below it, and so on.

    Whatever changes who may see the page at the path changes it for all pages below these.
    """
    found, level = [path], [path]
    while level:
        aliases = [
            alias
            for start in range(0, len(level), _AT_ONCE)
            for alias in _below(level[start : start + _AT_ONCE])
        ]
        level = topmost(each for each in aliases if not each.startswith(tuple(found)))
        found += level
    return found


def _below(sources: "Sequence[str]") -> "Iterable[str]":
    """Return the paths of the aliases of pages below the paths."""
    below = reduce(or_, (Q(alias_of__path__startswith=each) for each in sources))
    return Page.objects.filter(below).values_list("path", flat=True)
