"""Ask every URL of the CMS for hidden things, by ids in the query and in the body."""

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.db import transaction
from django.test import Client

from tests.access.addresses import Address, addresses
from tests.access.closing import close_response
from tests.access.examples import Examples

from .hidden_site import DRAFT_KEY, KEY, SECRET, HiddenSite

# What Wagtail's views and their scripts call a key in a query; and names of fields.
SINGLE = (
    "p",
    "parent",
    "parent_page_id",
    "page_id",
    "page",
    "chosen_page",
    "new_parent_page",
    "root_page_id",
    "value",
    "child_of",
    "ancestor_of",
    "descendant_of",
    "childOf",
    "collection",
    "collection_id",
    "working_group",
    "listing_image",
    "superseded_by",
    "redirect_page",
    "document",
    "image",
    "media",
    "object_id",
    "pk",
    "destination",
    "user",
    "group",
    "object",
    "revision",
    "task_state",
    "for_page",
    "tag",
)
REPEATED = ("id", "ids", "pages", "page_ids", "items")
QUERIES: tuple[dict[str, str], ...] = (
    {"q": "kettle", "search": "kettle", "query": "kettle", "term": SECRET[:6]},
    {"export": "csv", "fields": "*", "limit": "100"},
)


def cms_addresses() -> list[Address]:
    """Return all URL patterns of the CMS that a request can be made for."""
    found = [each for each in addresses() if each.route.startswith("cms/")]
    # Even a refused sign-out deletes the cookie of the session.
    left_out = ("cms/^.*/$", "cms/logout/")
    return [each for each in found if each.route not in left_out]


class Walk:
    """Requests of one signed-in editor, and what the answers said that is hidden."""

    def __init__(self, client: Client, site: HiddenSite, examples: Examples) -> None:
        self.client, self.site, self.examples = client, site, examples
        self.requests = 0
        self.leaks: list[str] = []
        self.broken: list[str] = []

    def paths(self) -> Iterator[str]:
        """Yield the URLs, each for what is public."""
        for address in cms_addresses():
            yield from self.examples.of(address)[:1] or self._expressions(address)

    def _expressions(self, address: Address) -> list[str]:
        route = "/" + address.route
        for before, after in (
            ("^pages/find/", "pages/find/"),
            ("^(?P<media_type>audio|video|media)/add/$", "audio/add/"),
            ("(?P<media_type>audio|video)/chooser/upload/$", "audio/chooser/upload/"),
            ("(?P<media_type>audio|video)", "audio"),
            (r"^(\d+)", str(self.site.public.pk)),
            (r"(live|earliest|\d+)\.\.\.(live|latest|\d+)/$", "earliest...latest/"),
            ("^", ""),
        ):
            route = route.replace(before, after)
        return [route] if "(" not in route and "<" not in route else []

    def ask(self, path: str) -> None:
        """Ask by GET with the keys under every name, and in the ways that lists are asked."""
        plain = self.get(path, {})
        keys = [KEY, DRAFT_KEY, self.site.group.pk]
        self.get(path, {name: keys for name in REPEATED})  # noqa: C420
        if plain.status_code != HTTPStatus.OK:
            return
        group = {"working_group": self.site.group.pk, "group": self.site.group.group_id}
        self.get(path, dict.fromkeys(SINGLE, KEY) | group)
        for query in QUERIES:
            self.get(path, query)

    def get(self, path: str, query: dict[str, Any]) -> Any:
        """Send one request, and read its answer."""
        where = f"{path}?{urlencode(query, doseq=True)}" if query else path
        return self._read(f"GET {where}", self.client.get(where))

    def post(self, path: str, body: dict[str, Any]) -> None:
        """Send a form, follow where it leads, and undo what it changed."""
        with transaction.atomic():
            response = self._read(f"POST {path} {body}", self.client.post(path, body))
            for _redirect in range(3):
                if response.status_code not in {301, 302, 303}:
                    break
                response = self.get(response["Location"], {})
            transaction.set_rollback(True)

    def _read(self, what: str, response: Any) -> Any:
        self.requests += 1
        if response.status_code >= 500:
            error = getattr(response, "exc_info", (None, ""))[1]
            self.broken.append(f"{what}: {error!r}"[:400])
        content = (
            b"".join(response.streaming_content)
            if response.streaming
            else response.content
        )
        if SECRET.encode() in content.lower():
            at = content.lower().index(SECRET.encode())
            self.leaks.append(
                f"{what[:300]}: …{content[max(0, at - 120) : at + 60]!r}…"
            )
        close_response(response)
        return response
