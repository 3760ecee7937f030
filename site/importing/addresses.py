"""The targets of URLs and paths that a library contains."""

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from .conversion import Destination
from .conversion.links import FILE, ITEM, symbol
from .library import Item, Library

_URL = re.compile(r"https?://([^/\s\"'<>()]+)(/[^\s\"'<>()#?]*)")
_ENOUGH, _MOST = 5, 0.2
# What an item of each kind can be reached by here.
PAGES = frozenset(
    {"event", "article", "resource", "service", "page", "archived", "guide_page",
     "community"}
)  # fmt: skip
# First parts of paths that name a whole section, and the index page that it becomes.
SECTIONS = {
    "events": "sessions",
    "event": "sessions",
    "news": "articles",
    "resources": "resources",
    "guides": "guides",
    "services": "services",
    "communities": "groups",
}


def normal(path: str) -> str:
    """Normalize a path for comparison: no outer slashes, lower case, no file ending."""
    path = unquote(path).split("#")[0].split("?")[0].strip().strip("/").lower()
    return (
        path.removesuffix(".md")
        .removesuffix("/_index")
        .removesuffix("index.html")
        .strip("/")
    )


def addresses_of(item: Item) -> list[str]:
    """Return the paths of an item on the old site, the most reliable first."""
    section = item.id.split("/")[0]
    found = [item.id, item.text("url"), *item.texts("aliases")]
    found += [f"{section}/{item.slug}", f"{item.kind}/{item.slug}"]
    when = item.moment("date")
    if when is not None:
        day = when.astimezone(item.zone).strftime("%Y/%m/%d")
        found += [f"{day}/{item.slug}", f"{section}/{day}/{item.slug}",
                  f"{item.kind}/{day}/{item.slug}"]  # fmt: skip
    return [path for each in found if (path := normal(each))]


@dataclass
class Addresses:
    """Finds items by path, by file name and by absolute URL."""

    library: Library
    # The items that will be imported, by id.
    arriving: dict[str, Item]
    # Target of each item that only redirected readers, by id.
    sent_on: dict[str, str] = field(default_factory=dict)

    @cached_property
    def by_path(self) -> dict[str, Item]:
        found: dict[str, Item] = {}
        for rank in range(2):
            for item in self.library.items:
                paths = addresses_of(item)
                for path in paths[:1] if rank == 0 else paths[1:]:
                    found.setdefault(path, item)
        return found

    @cached_property
    def by_name(self) -> dict[str, Item]:
        found: dict[str, Item] = {}
        for item in self.library.items:
            found.setdefault(normal(item.id).rsplit("/", 1)[-1], item)
        return found

    @cached_property
    def hosts(self) -> frozenset[str]:
        """The library's own hosts: those it declares, or those that known paths belong to."""
        if self.library.hosts:
            return self.library.hosts
        all_, known = Counter[str](), Counter[str]()
        for item in self.library.items:
            for host, path in _URL.findall(item.text("body")):
                all_[host.lower()] += 1
                known[host.lower()] += normal(path) in self.by_path
        return frozenset(
            host for host, hits in known.items()
            if hits >= _ENOUGH and hits >= _MOST * all_[host]
        )  # fmt: skip

    @cached_property
    def pictures(self) -> dict[str, str]:
        """Names of pictures, by name with and without file ending."""
        found: dict[str, str] = {}
        for file in self.library.files.values():
            if file.is_picture:
                found.setdefault(file.name.lower(), file.name)
                found.setdefault(PurePosixPath(file.name).stem.lower(), file.name)
        return found

    @cached_property
    def documents(self) -> dict[str, str]:
        return {
            file.name.lower(): file.name
            for file in self.library.files.values()
            if not file.is_picture
        }

    def find(self, path: str) -> Item | None:
        key = normal(path)
        if found := self.by_path.get(key):
            return found
        single = "/" not in key or path.split("#", maxsplit=1)[0].endswith(".md")
        return self.by_name.get(key.rsplit("/", 1)[-1]) if key and single else None


@dataclass(frozen=True)
class ItemLinks:
    """The targets of links in one item, for the converter."""

    addresses: Addresses
    item: Item

    def page(self, path: str) -> Destination:
        found = self.addresses.find(path)
        arriving = found is not None and found.id in self.addresses.arriving
        key = normal(path)
        if key in SECTIONS and not arriving:
            return Destination(
                symbol(ITEM, f"shelf/{SECTIONS[key]}"), "to a section of this library"
            )
        if key == "topics" and not arriving:
            return Destination(symbol(ITEM, "shelf/topics"), "to the topics")
        if found is not None:
            return self._to(found)
        return Destination("", "to something that is not in the library")

    def outside(self, url: str) -> Destination:
        parts = urlsplit(url)
        host = (parts.hostname or "").lower()
        if file := self._file(unquote(parts.path), own=host in self.addresses.hosts):
            return Destination(symbol(FILE, file), "to a document of this library")
        if host in self.addresses.hosts:
            found = self.page(parts.path)
            if found.href:
                return found
        return Destination(url, "to an address elsewhere")

    def file(self, name: str) -> Destination:
        if found := self._file(name, own=True):
            return Destination(symbol(FILE, found), "to a document of this library")
        return Destination("", "the file did not come along")

    def image(self, source: str) -> str | None:
        name = PurePosixPath(unquote(urlsplit(source).path)).name.lower()
        return self.addresses.pictures.get(name)

    def _file(self, path: str, *, own: bool) -> str | None:
        """Return a document by its name; on other hosts only one that belongs to this item."""
        name = self.addresses.documents.get(PurePosixPath(path).name.lower())
        if name is None or own:
            return name
        return (
            name if self.item.id in self.addresses.library.files[name].items else None
        )

    def _to(self, found: Item) -> Destination:
        if (url := self.addresses.sent_on.get(found.id, "")).startswith("http"):
            return Destination(url, "to where its page sent readers on")
        if found.id not in self.addresses.arriving:
            return Destination("", "to an item that is not carried over")
        if found.kind in PAGES:
            return Destination(symbol(ITEM, found.id), "to a page of this library")
        if found.kind == "topic":
            return Destination(symbol(ITEM, found.id), "to a topic")
        return Destination("", _words(found.kind))


def _words(kind: str) -> str:
    return f"to a {kind}, who has no page here"
