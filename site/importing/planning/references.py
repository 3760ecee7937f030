"""Find the people, topics and organizations that items name."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from django.utils.text import slugify
from django.utils.translation import gettext as _

from importing.addresses import Addresses
from importing.library import Item

if TYPE_CHECKING:
    from .item_plan import Plan

_ARTICLE = re.compile(r"^(?:the|u\.?s\.?|united states)\s+", re.I)


@dataclass
class References:
    """Names that items use for other items, and the items with these names."""

    addresses: Addresses
    #: Plans of guides and of their chapters, by item, once they are made.
    guides: "dict[str, Plan]" = field(default_factory=dict)
    chapters: "dict[str, Plan]" = field(default_factory=dict)

    @cached_property
    def guide_pages(self) -> dict[str, list[Item]]:
        """The pages of guides, by the folder that they are in."""
        found: dict[str, list[Item]] = {}
        for item in self.addresses.arriving.values():
            if item.kind == "guide_page":
                found.setdefault(item.id.rsplit("/", 1)[0], []).append(item)
        return found

    def _named(self, kind: str) -> dict[str, str]:
        found: dict[str, str] = {}
        for item in self.addresses.arriving.values():
            if item.kind == kind:
                for name in (item.slug, item.name, item.text("title")):
                    found.setdefault(name, item.id)
        return found

    @cached_property
    def people(self) -> dict[str, str]:
        return self._named("person")

    @cached_property
    def topics(self) -> dict[str, str]:
        return self._named("topic")

    @cached_property
    def organizations(self) -> dict[str, str]:
        return {_plain(name): key for name, key in self._named("organization").items()}

    @cached_property
    def titles(self) -> dict[str, str]:
        return {
            key: item.text("title") for key, item in self.addresses.arriving.items()
        }

    def topic(self, name: str) -> str | None:
        return self.topics.get(name) or self.topics.get(slugify(name))

    def person(self, name: str) -> str | None:
        return self.people.get(name) or self.people.get(name.lower())

    def organization_named(self, name: str) -> str:
        return self.organizations.get(_plain(name), "") if name else ""

    def source_named(self, name: str) -> str:
        """Return the publisher: the name of a known organization, or the text as it is."""
        key = self.organization_named(name)
        return self.titles[key] if key else name

    def authors_of(self, item: Item, notes: list[str]) -> list[str]:
        words = _("It names an author who is not in the library: {name}.")
        return _found(item.texts("authors"), self.person, words, notes)

    def topics_of(self, item: Item, notes: list[str]) -> list[str]:
        words = _("It names a topic that is not in the library: {name}.")
        return _found(item.texts("topics"), self.topic, words, notes)


def _found(
    names: Iterable[str],
    find: Callable[[str], str | None],
    words: str,
    notes: list[str],
) -> list[str]:
    keys: dict[str, None] = {}
    for name in names:
        if key := find(name):
            keys[key] = None
        else:
            notes.append(words.format(name=name or "“”"))
    return list(keys)


def _plain(name: str) -> str:
    return slugify(_ARTICLE.sub("", name.strip()))
