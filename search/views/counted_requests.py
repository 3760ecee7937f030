"""Which requests count as a search by a person, and by which person."""

import ipaddress
import re
from typing import TYPE_CHECKING

from allauth.account.adapter import get_adapter
from django.core.exceptions import ImproperlyConfigured, PermissionDenied

if TYPE_CHECKING:
    from django.http import HttpRequest

# User agents of robots and of programs without a user.
_ROBOT = re.compile(
    r"bot\b|bot[/;]|crawl|spider|slurp|curl|wget|python|httpclient|headless|monitor",
    re.IGNORECASE,
)


def is_countable_search(request: "HttpRequest") -> bool:
    """Return whether a person searches for something new.

    Filters, further pages, other orders, robots and prefetching do not count.
    """
    headers = request.headers
    ahead = headers.get("Sec-Purpose") or headers.get("Purpose")
    agent = headers.get("User-Agent", "")
    return (
        request.method == "GET"
        and set(request.GET) == {"q"}
        and not (ahead or "HX-Request" in headers)
        and bool(agent)
        and not _ROBOT.search(agent)
    )


def person_of(request: "HttpRequest") -> str:
    """Return what tells the person apart for a day: the account, else the network.

    Visitors of one network count as one person: too few rather than too many.
    """
    if request.user.is_authenticated:
        return f"account {request.user.pk}"
    return f"network {_network_of(request)}"


def _network_of(request: "HttpRequest") -> str:
    """Return the IPv4 address, or the /64 that a household or a phone has of IPv6."""
    try:
        address = ipaddress.ip_address(get_adapter().get_client_ip(request))
    except (ImproperlyConfigured, PermissionDenied, ValueError):
        return "unknown"
    bits = 64 if address.version == 6 else 32  # noqa: PLR2004
    return str(ipaddress.ip_network((address, bits), strict=False))
