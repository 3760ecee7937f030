"""Odd values for parameters, headers and forms, and how to ask with them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django.db import transaction
from lxml import html

from tests.access.addresses import Address
from tests.access.closing import close_response
from tests.access.examples import Examples

# Written as in an address: percent signs are encoded bytes.
ODD = {
    "nothing": "",
    "a word": "tea",
    "a digit that is no number": quote("²"),
    "a number larger than the database knows": "9" * 20,
    "more digits than Python reads": "1" * 5000,
    "a zero byte": "a%00b",
    "no UTF-8": "%ff%fe",
    "brackets and a line break": "%5B%5D%7B%7D%0d%0a",
}
# In `make test`; `make check-security` asks with all.
FEW = ("a word", "a number larger than the database knows")
# Refused before a view runs, so they are asked for alone.
CHECKED_FIRST = ("next", "parent_page_id")

_NAMES = """
    q p page id ids ordering locale page_type user owner collection_id collection tag type
    action_type next parent parent_page_id multiple allow_external_link allow_email_link
    link_text link_url url can_choose_root can_choose target_pages match_subclass
    items_per_page content_type timestamp_from timestamp_to object_type label live
    edited_by last_published_at_from latest_revision_created_at_to workflow status task site
    site_id has_child_pages fields limit offset child_of descendant_of ancestor_of order
    search search_operator format export term key group topic topics kind year when view
    organization language lang from to at t token code email chosen uploading results
    app_label model usage_count_min created_at_from is_active full_search include_usage
"""
PARAMETERS = tuple(_NAMES.split())
HEADERS: tuple[dict[str, str], ...] = (
    {"HTTP_RANGE": f"bytes={'1' * 5000}-"},
    {"HTTP_RANGE": "bytes=5-2,-,0-0"},
    {"HTTP_RANGE": f"bytes={','.join(['0-1'] * 2000)}"},
    {"HTTP_IF_MODIFIED_SINCE": "Thu, 99 Xxx 99999 00:00:00 GMT"},
    {"HTTP_IF_NONE_MATCH": '"' * 3000, "HTTP_IF_RANGE": "W/"},
    {"HTTP_ACCEPT_LANGUAGE": "x" * 4000, "HTTP_ACCEPT": ";;q=x,*/*;q=2"},
    {"HTTP_REFERER": "http://[", "HTTP_ORIGIN": "null"},
    {"HTTP_X_FORWARDED_FOR": "tea, ::1%eth0, 999.1.1.1"},
    {"HTTP_HOST": "testserver:0099"},
    {"HTTP_COOKIE": "sessionid=\x7f; messages=tea; csrftoken=é"},
)
BODIES: tuple[tuple[str, bytes], ...] = (
    ("application/json", b"[" * 5000),
    (
        "application/json",
        b'{"credential": ' + b'{"a":' * 200 + b"1" + b"}" * 200 + b"}",
    ),
    ("application/json; charset=tea", b"{}"),
    ("application/x-www-form-urlencoded; charset=tea", b"a=1"),
    ("multipart/form-data", b"no boundary"),
    (
        "multipart/form-data; boundary=x",
        b"--x\r\nContent-Disposition: form-data\r\n\r\n",
    ),
    ("text/plain", b"\xff\xfe\x00"),
)


@dataclass
class Asking:
    """One client, how often it asked, and what broke."""

    client: Any
    asked: int = 0

    def __post_init__(self) -> None:
        self.broken: list[str] = []

    def ask(self, method: str, where: str, what: str, **options: Any) -> Any:
        """Send one request, undo what it changed, note a server error, return the answer."""
        self.asked += 1
        with transaction.atomic():
            response = self.client.generic(method, where, **options)
            transaction.set_rollback(True)
        if response.status_code >= 500 and response.status_code != 503:
            error = getattr(response, "exc_info", None)
            reason = repr(error[1])[:160] if error else ""
            self.broken.append(f"{method} {where[:150]} with {what}: {reason}")
        close_response(response)
        return response

    def post_form(self, where: str, fields: dict[str, str], what: str) -> None:
        # Raw, so that bytes that are no UTF-8 arrive as they are.
        body = "&".join(f"{quote(name)}={value}" for name, value in fields.items())
        self.ask(
            "POST",
            where,
            what,
            data=body.encode(),
            content_type="application/x-www-form-urlencoded",
        )


def paths_with_odd_parameters(address: Address, examples: Examples) -> Iterator[str]:
    """Yield the path of a pattern with each of its parameters odd in turn."""
    if address.is_expression:
        return
    values = examples.present(address)
    for name in address.parameters:
        for odd in ODD.values():
            if odd and "/" not in odd:
                yield address.filled(_with(values, name, odd))


def _with(values: dict[str, Any], name: str, odd: str) -> dict[str, Any]:
    changed = type(values)(values)
    changed[name] = odd
    return changed


def query_of(value: str) -> str:
    """Return a query string in which every parameter has the value."""
    return "&".join(
        f"{name}={value}" for name in PARAMETERS if name not in CHECKED_FIRST
    )


def all_odd(fields: Iterable[str], value: str) -> dict[str, str]:
    """Return a form in which every field has the value."""
    return {name: value for name in fields if name not in CHECKED_FIRST}


def fields_of(response: Any) -> dict[str, str]:
    """Return names and values of the fields of all forms in a page that are posted."""
    kind = response.headers.get("Content-Type", "")
    if response.status_code != 200 or response.streaming or "html" not in kind:
        return {}
    words = response.content.strip()
    if not words:
        return {}
    found: dict[str, str] = {}
    for form in html.fromstring(words).forms:
        if form.method.upper() == "POST":
            found |= {
                name: quote(str(value)) for name, value in form.form_values() if name
            }
            found |= {name: "" for name in form.fields if name and name not in found}
    found.pop("csrfmiddlewaretoken", None)
    return found
