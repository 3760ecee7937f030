"""Which requests count as a search by a person."""

import re
from typing import TYPE_CHECKING

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
