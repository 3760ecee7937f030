"""Where links lead, before anybody knows the primary keys of pages.

A converted text speaks of targets in symbols: `x-item:ID` is an item of the library,
`x-file:NAME` a document that comes with it, `x-image:NAME` a picture. When pages exist,
`realize` in `importing.writing` puts their keys in place.
"""

import re
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import quote, unquote, urlsplit

ITEM, FILE, IMAGE = "x-item:", "x-file:", "x-image:"
# Only inside the converter: a Hugo reference, an attached file, a place on the same page.
REF, ASSET, HERE = "x-ref:", "x-asset:", "x-here:"
SYMBOLS = ("x-item", "x-file", "x-here")
OUTSIDE = frozenset({"http", "https", "mailto", "tel"})

_SCHEME = re.compile(r"^([a-zA-Z][a-zA-Z0-9+.-]*):")
_INVISIBLE = re.compile(r"[\x00-\x20\x7f-\xa0\u1680\u180e\u2000-\u200f\u2028-\u202f"
                        r"\u205f-\u206f\u3000\ufeff]+")  # fmt: skip


@dataclass(frozen=True)
class Destination:
    """Where a link leads; an empty `href` is a link that cannot be carried over.

    `word` is what the account says of it: the form of a link, or the reason of a loss.
    """

    href: str
    word: str


class Links(Protocol):
    """What a converter asks of the library."""

    def page(self, path: str) -> Destination:
        """The target of an address or content path of the library itself."""

    def outside(self, url: str) -> Destination:
        """The target of an absolute address, which may still be the library's own."""

    def file(self, name: str) -> Destination:
        """The document of that name."""

    def image(self, source: str) -> str | None:
        """The name of the picture in the library, if it came along."""


def symbol(prefix: str, target: str) -> str:
    """A symbol that survives Markdown and HTML."""
    return prefix + quote(target, safe="/.-_~")


def target_of(href: str) -> str:
    """What a symbol stands for."""
    return unquote(href.partition(":")[2])


def resolve(href: str, links: Links) -> Destination:
    """Where an address leads; scripts and other active addresses lead nowhere."""
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
