"""Location of the external engine, and one client for each process."""

import os
import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import SplitResult, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from elastic_transport import Urllib3HttpNode
from elasticsearch import ApiError, Elasticsearch, TransportError

from .opensearch import OpenSearchNode

#: URL schemes, with the product and protocol that each stands for.
SCHEMES = {
    f"{product}+{protocol}": (product, protocol)
    for product in ("elasticsearch", "opensearch")
    for protocol in ("http", "https")
}
#: Raised when the engine is unavailable or rejects a request.
ENGINE_ERRORS = (ApiError, TransportError)
#: Timeout in seconds while a user waits; beyond it the embedded engine is faster.
SEARCH_TIMEOUT = 2.0
#: Timeout in seconds of bulk requests.
WRITE_TIMEOUT = 60.0

_PORT = 9200
_PREFIX = re.compile(r"[a-z][a-z0-9_-]{0,49}")
_HOST = re.compile(r"[A-Za-z0-9._-]+|[0-9A-Fa-f:.]+")


@dataclass(frozen=True, slots=True)
class EngineLocation:
    """Hosts and index prefix of the engine; its representation omits the password."""

    product: str
    hosts: tuple[str, ...]
    prefix: str
    user: tuple[str, str] | None

    def __repr__(self) -> str:
        return f"<{self.product} at {', '.join(self.hosts)}, {self.prefix}>"


@lru_cache(maxsize=4)
def parse_engine_url(url: str) -> EngineLocation:
    """Parse `SEARCH_URL`; raises ImproperlyConfigured if it is invalid.

    `opensearch+http://user:password@one:9200,two:9200/prefix`: hosts of one cluster,
    each with a port (default 9200), and the prefix of index names.
    """
    try:
        parts = urlsplit(url)
    except ValueError:  # unbalanced brackets
        raise _wrong("contains an invalid host") from None
    if parts.scheme not in SCHEMES or not url.startswith(f"{parts.scheme}://"):
        raise _wrong("must begin with one of " + ", ".join(f"{s}://" for s in SCHEMES))
    if parts.query or parts.fragment:
        raise _wrong("contains “?” or “#”; in a password write %3F and %23")
    product, protocol = SCHEMES[parts.scheme]
    credentials, _at, hosts = parts.netloc.rpartition("@")
    return EngineLocation(
        product=product,
        hosts=tuple(f"{protocol}://{_host(each)}" for each in hosts.split(",")),
        prefix=_prefix(parts),
        user=_user(credentials),
    )


def client(url: str) -> Elasticsearch:
    """Return this process's client; a forked process gets its own."""
    return _client(url, os.getpid())


def writer(url: str) -> Elasticsearch:
    """Return the client with the timeout for bulk requests."""
    return client(url).options(request_timeout=WRITE_TIMEOUT)


@lru_cache(maxsize=4)
def _client(url: str, _process: int) -> Elasticsearch:
    location = parse_engine_url(url)
    # With several hosts, each is tried once. A single host is tried twice, as a pooled
    # connection may have been closed.
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
        raise _wrong("contains a port that is not a number from 1 to 65535") from None
    if not _HOST.fullmatch(name):
        raise _wrong("lacks a host or contains an invalid one")
    return f"[{name}]:{port}" if ":" in name else f"{name}:{port}"


def _prefix(parts: SplitResult) -> str:
    prefix = parts.path.strip("/")
    if not _PREFIX.fullmatch(prefix):
        raise _wrong(
            "must end with a prefix for index names, like /everydoor: "
            "lower-case characters, digits, - and _"
        )
    return prefix


def _user(credentials: str) -> tuple[str, str] | None:
    if not credentials:
        return None
    name, _colon, password = credentials.partition(":")
    return unquote(name), unquote(password)


def _wrong(what: str) -> ImproperlyConfigured:
    """Return the error; it never contains the URL, which may hold a password."""
    return ImproperlyConfigured(
        f"SEARCH_URL {what}. Leave it empty to use the embedded engine, or write "
        "opensearch+https://user:password@host:9200/everydoor."
    )
