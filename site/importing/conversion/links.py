"""Targets of links, before the primary keys of pages are known.

A converted text names its targets by symbols: `x-item:ID` is an item of the library,
`x-file:NAME` a document in it, `x-image:NAME` a picture. When the pages exist,
`importing.writing.keys` replaces the symbols by primary keys.
"""

import re
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import quote, unquote, urlsplit

ITEM, FILE, IMAGE = "x-item:", "x-file:", "x-image:"
# Used only inside the converter: a Hugo reference, a file, a place on the same page.
REF, ASSET, HERE = "x-ref:", "x-asset:", "x-here:"
SYMBOLS = ("x-item", "x-file", "x-here")
OUTSIDE = frozenset({"http", "https", "mailto", "tel"})

_SCHEME = re.compile(r"^([a-zA-Z][a-zA-Z0-9+.-]*):")
_INVISIBLE = re.compile(r"[\x00-\x20\x7f-\xa0\u1680\u180e\u2000-\u200f\u2028-\u202f"
                        r"\u205f-\u206f\u3000\ufeff]+")  # fmt: skip


@dataclass(frozen=True)
class Destination:
    """The target of a link; an empty `href` is a link that cannot be carried over.

    `word` is for the tally: the kind of link, or the reason why it was dropped.
    """

    href: str
    word: str


class Links(Protocol):
    """Resolves the targets of links for the converter."""

    def page(self, path: str) -> Destination:
        """Resolve a URL path or content path of the library itself."""

    def outside(self, url: str) -> Destination:
        """Resolve an absolute URL, which may belong to the library."""

    def file(self, name: str) -> Destination:
        """Resolve the name of a document."""

    def image(self, source: str) -> str | None:
        """Return the picture's name in the library, or None if the library has no such file."""


def symbol(prefix: str, target: str) -> str:
    """Return a symbol that Markdown and HTML do not change."""
    return prefix + quote(target, safe="/.-_~")


def target_of(href: str) -> str:
    """Return the target that a symbol names."""
    return unquote(href.partition(":")[2])


def resolve(href: str, links: Links) -> Destination:
    """Resolve a link; `javascript:` and other active URLs get an empty target."""
    address = _INVISIBLE.sub("", href) if _SCHEME.match(
        _INVISIBLE.sub("", href)
    ) else href.strip()  # fmt: skip
    if address.startswith("#"):
        return Destination(symbol(HERE, unquote(address[1:])), "")
    if address.startswith(REF):
        return links.page(target_of(address))
    if address.startswith(ASSET):
        return links.file(target_of(address))
    if scheme := _SCHEME.match(address):
        return _absolute(address, scheme.group(1).lower(), links)
    if address.startswith("//"):
        return _absolute("https:" + address, "https", links)
    return links.page(address) if address else Destination("", "it leads nowhere")


def _absolute(address: str, scheme: str, links: Links) -> Destination:
    if scheme not in OUTSIDE:
        return Destination("", "addresses of this kind are not allowed")
    if scheme in {"mailto", "tel"}:
        return Destination(address, "to an address of mail or telephone")
    try:
        host = urlsplit(address).hostname
    except ValueError:
        host = None
    if not host:
        return Destination("", "the address cannot be read")
    return links.outside(address)
