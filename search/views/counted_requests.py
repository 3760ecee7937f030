"""Who asks: a person, once, or something that only looks."""

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.http import HttpRequest

# What robots say of themselves, and what programs say that nobody sits before.
_ROBOT = re.compile(
    r"bot\b|bot[/;]|crawl|spider|slurp|curl|wget|python|httpclient|headless|monitor",
    re.IGNORECASE,
)


def is_countable_search(request: "HttpRequest") -> bool:
    """A person asks something new: no filter, further page or order, no robot, nothing that
    a browser fetches before anybody asked."""
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
