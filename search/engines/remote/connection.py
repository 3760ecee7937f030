"""Where the engine outside the database is, and one client of it for each process."""

import os
import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import SplitResult, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from elastic_transport import Urllib3HttpNode
from elasticsearch import ApiError, Elasticsearch, TransportError

from .opensearch import OpenSearchNode

#: What may be written before `://`, and how it is spoken to.
SCHEMES = {
    f"{product}+{protocol}": (product, protocol)
    for product in ("elasticsearch", "opensearch")
    for protocol in ("http", "https")
}
#: The engine cannot be asked, or refuses.
ENGINE_ERRORS = (ApiError, TransportError)
#: Somebody waits for the answer; longer, and the database's own engine is quicker.
SEARCH_TIMEOUT = 2.0
#: Nobody waits, and much is written at once.
WRITE_TIMEOUT = 60.0

_PORT = 9200
_PREFIX = re.compile(r"[a-z][a-z0-9_-]{0,49}")
_HOST = re.compile(r"[A-Za-z0-9._-]+|[0-9A-Fa-f:.]+")


@dataclass(frozen=True, slots=True)
class EngineLocation:
    """Where the engine is and what its indexes are called; never shown with its password."""

    product: str
    hosts: tuple[str, ...]
    prefix: str
    user: tuple[str, str] | None

    def __repr__(self) -> str:
        return f"<{self.product} at {', '.join(self.hosts)}, {self.prefix}>"


@lru_cache(maxsize=4)
def parse_engine_url(url: str) -> EngineLocation:
    """What `SEARCH_URL` says; ImproperlyConfigured with a sentence where it says nonsense.

    `opensearch+http://user:password@one:9200,two:9200/prefix`: hosts of one cluster, a
    port for each (9200 if none is given), and what names of indexes begin with.
    """
    try:
        parts = urlsplit(url)
    except ValueError:  # brackets that do not close
        raise _wrong("holds a host that cannot be read") from None
    if parts.scheme not in SCHEMES or not url.startswith(f"{parts.scheme}://"):
        raise _wrong("begins with none of " + ", ".join(f"{s}://" for s in SCHEMES))
    if parts.query or parts.fragment:
        raise _wrong("holds “?” or “#”; in a password write %3F and %23")
    product, protocol = SCHEMES[parts.scheme]
    credentials, _at, hosts = parts.netloc.rpartition("@")
    return EngineLocation(
        product=product,
        hosts=tuple(f"{protocol}://{_host(each)}" for each in hosts.split(",")),
        prefix=_prefix(parts),
        user=_user(credentials),
    )


def client(url: str) -> Elasticsearch:
    """This process's client; a fork of the process gets one of its own."""
    return _client(url, os.getpid())


def writer(url: str) -> Elasticsearch:
    """The client, with the patience that writing takes."""
    return client(url).options(request_timeout=WRITE_TIMEOUT)


@lru_cache(maxsize=4)
def _client(url: str, _process: int) -> Elasticsearch:
    location = parse_engine_url(url)
    # A host that refuses is asked no second time, but the others are; one alone is asked
    # again, as a connection that was kept may have been closed meanwhile.
    return Elasticsearch(
        hosts=list(location.hosts),
        basic_auth=location.user,
        request_timeout=SEARCH_TIMEOUT,
        max_retries=max(1, len(location.hosts) - 1),
        retry_on_timeout=False,
        retry_on_status=(502, 503, 504),
        connections_per_node=16,
        meta_header=False,
        node_class=OpenSearchNode
        if location.product == "opensearch"
        else Urllib3HttpNode,
    )


def _host(text: str) -> str:
    try:
        parts = urlsplit(f"//{text}")
        name, port = parts.hostname or "", parts.port or _PORT
    except ValueError:
        raise _wrong("holds a port that is no number from 1 to 65535") from None
    if not _HOST.fullmatch(name):
        raise _wrong("lacks a host, or holds one that cannot be read")
    return f"[{name}]:{port}" if ":" in name else f"{name}:{port}"


def _prefix(parts: SplitResult) -> str:
    prefix = parts.path.strip("/")
    if not _PREFIX.fullmatch(prefix):
        raise _wrong(
            "must end with what its indexes are called, as in /everydoor: "
            "small letters, digits, - and _"
        )
    return prefix


def _user(credentials: str) -> tuple[str, str] | None:
    if not credentials:
        return None
    name, _colon, password = credentials.partition(":")
    return unquote(name), unquote(password)


def _wrong(what: str) -> ImproperlyConfigured:
    """The sentence never repeats the URL: a password may stand in it."""
    return ImproperlyConfigured(
        f"SEARCH_URL {what}. Leave it empty for the database's own search, or write "
        "opensearch+https://user:password@host:9200/everydoor."
    )
