"""A small browser: stores cookies, fills in forms, counts errors."""

import http.client
import re
import threading
from collections import Counter
from dataclasses import dataclass, field
from urllib.parse import urlencode

_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass
class Tally:
    """Counts of what happened, shared by threads."""

    counts: Counter = field(default_factory=Counter)
    troubles: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def count(self, what: str) -> None:
        with self.lock:
            self.counts[what] += 1

    def trouble(self, what: str) -> None:
        with self.lock:
            self.counts["errors"] += 1
            self.troubles.append(what)


@dataclass
class Page:
    """A response: its status, its text, and where it redirects."""

    status: int
    text: str
    location: str


@dataclass
class Browser:
    """One person's browser, for the site at a port of this machine."""

    port: int
    tally: Tally
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, path: str) -> Page:
        return self._ask("GET", path, "")

    def submit(self, path: str, **fields: str) -> Page:
        """Fetch the form at the path, fill it in and send it."""
        return self.send(self.get(path), path, **fields)

    def send(self, form: Page, path: str, **fields: str) -> Page:
        """Fill in a form that was fetched before and send it to the path."""
        found = _TOKEN.search(form.text)
        token = found.group(1) if found else ""
        return self._ask(
            "POST", path, urlencode({**fields, "csrfmiddlewaretoken": token})
        )

    def _ask(self, method: str, path: str, body: str) -> Page:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {
            "Host": f"localhost:{self.port}",
            "Accept": "text/html",
            "Cookie": "; ".join(
                f"{name}={kept}" for name, kept in self.cookies.items()
            ),
        }
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            connection.request(method, path, body=body or None, headers=headers)
            response = connection.getresponse()
            page = Page(
                response.status,
                response.read().decode(errors="replace"),
                response.headers.get("Location", ""),
            )
            self._keep(response.headers.get_all("Set-Cookie") or [])
        except (OSError, http.client.HTTPException) as error:
            self.tally.trouble(f"{method} {path}: {error!r}")
            return Page(0, "", "")
        finally:
            connection.close()
        if page.status >= 500:
            self.tally.trouble(f"{method} {path}: {page.status}")
        return page

    def _keep(self, given: list[str]) -> None:
        for each in given:
            name, _, rest = each.partition("=")
            value = rest.partition(";")[0].strip('"')
            if value:
                self.cookies[name] = value
            else:
                self.cookies.pop(name, None)
