"""Attack: get past the proxy with made-up headers, half-sent requests and internal URLs.

Runs docs/operations/nginx.conf in front of gunicorn with the command of the image, on a
database and files of its own.
"""

import contextlib
import getpass
import http.client
import json
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tests import database

from .test_logs import command

ROOT = Path(__file__).resolve().parents[2]
CONTENT = "0123456789" * 10_000
PHONE = {"User-Agent": "Mozilla/5.0 (Linux; Android 14) Firefox/140.0"}
MAKE_FILES = """
import json, django
django.setup()
from tests.factories import DocumentFactory, FolderFactory, members_group
content = b"0123456789" * 10_000
private = FolderFactory(groups=[members_group()])
public = DocumentFactory(content=content, filename="public.txt")
hidden = DocumentFactory(content=content, filename="hidden.txt", collection=private)
print(json.dumps([public.url, hidden.url, public.file.name]))
"""

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        not (os.environ.get("CI") or shutil.which("nginx")),
        reason="nginx is not installed: apt-get install nginx-light",
    ),
]


@dataclass
class Site:
    """A running proxy, and the files behind it."""

    port: int
    folder: Path
    public: str
    hidden: str
    stored_as: str

    def get(self, path: str, **headers: str) -> tuple[int, dict[str, str], str]:
        asked = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        asked.request("GET", path, headers={"Host": "localhost", **sent})
        response = asked.getresponse()
        body = response.read().decode()
        asked.close()
        names = {name.lower(): value for name, value in response.getheaders()}
        return response.status, names, body


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


@pytest.fixture
def site(db: None, tmp_path: Path) -> Iterator[Site]:
    if connection.vendor != "sqlite" or not database.template().is_file():
        pytest.skip(
            "the site behind the proxy starts from the copy of a SQLite database"
        )
    shutil.copy(database.template(), tmp_path / "everydoor.sqlite3")
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "everydoor.settings.dev",
        "EVERYDOOR_VAR": str(tmp_path),
        "TRUSTED_PROXIES": "1",
        "FILES_SEND_BY": "x-accel-redirect",
    }
    for name in ("DATABASE_URL", "MEDIA_ROOT", "REDIS_URL", "SEARCH_URL"):
        environment.pop(name, None)
    made = subprocess.run(
        [sys.executable, "-c", MAKE_FILES],
        env=environment,
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
        timeout=120,
    )
    public, hidden, stored_as = json.loads(made.stdout)
    behind, port = free_port(), free_port()
    configuration = tmp_path / "nginx.conf"
    configuration.write_text(_configuration(port, behind, tmp_path))
    with (tmp_path / "log").open("wb") as log, contextlib.ExitStack() as running:
        web = command(behind)
        nginx = ["nginx", "-g", "daemon off;", "-c", str(configuration)]
        for program in (web, nginx):
            process = subprocess.Popen(
                program, env=environment, cwd=ROOT, stdout=log, stderr=log
            )
            running.callback(process.wait, timeout=30)
            running.callback(process.terminate)
        running_site = Site(port, tmp_path, public, hidden, stored_as)
        _wait(running_site)
        yield running_site


def _configuration(port: int, behind: int, folder: Path) -> str:
    text = (ROOT / "docs" / "operations" / "nginx.conf").read_text()
    for given, own in {
        "user nginx;": f"user {getpass.getuser()};",
        "worker_processes auto": "worker_processes 1",
        "/tmp/nginx.pid": str(folder / "nginx.pid"),  # noqa: S108
        "listen 80 default_server": f"listen 127.0.0.1:{port}",
        "http://web:8000": f"http://127.0.0.1:{behind}",
        "/var/lib/everydoor/media/": f"{folder}/media/",
        "/dev/stdout": str(folder / "access"),
    }.items():
        assert given in text, given
        text = text.replace(given, own)
    return text


def _wait(site: Site) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        with contextlib.suppress(OSError, http.client.HTTPException):
            if site.get("/healthz")[0] == 200:
                return
        time.sleep(0.2)
    pytest.fail((site.folder / "log").read_text()[-2000:])


def test_the_proxy_keeps_the_site_safe(site: Site) -> None:
    """One run of the programs for all checks: starting them takes most of the time."""
    _files_are_sent_by_the_proxy(site)
    _strangers_get_nothing(site)
    _made_up_addresses_do_not_count(site)
    _half_sent_requests_hold_no_thread(site)
    _the_log_holds_no_secrets(site)


def _files_are_sent_by_the_proxy(site: Site) -> None:
    status, headers, body = site.get(site.public)
    assert (status, body) == (200, CONTENT)
    assert "x-accel-redirect" not in headers
    assert headers["cache-control"] == "public, no-cache"
    assert headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["content-type"].startswith("text/plain")
    status, part, body = site.get(site.public, Range="bytes=5-9")
    assert (status, body) == (206, "56789")
    assert part["content-range"] == f"bytes 5-9/{len(CONTENT)}"
    assert site.get(site.public, Range="bytes=900000-")[0] == 416
    assert site.get(site.public, If_None_Match=headers["etag"])[0] == 304


def _strangers_get_nothing(site: Site) -> None:
    for path in (
        site.hidden,
        f"/protected/{site.stored_as}",
        f"/protected/../media/{site.stored_as}",
        "/protected/../everydoor.sqlite3",
        "/protected/%2e%2e/everydoor.sqlite3",
    ):
        status, _headers, body = site.get(path)
        assert status in {400, 404}, path
        assert CONTENT[:100] not in body
    assert site.get(site.hidden, Range="bytes=0-3")[0] == 404


def _made_up_addresses_do_not_count(site: Site) -> None:
    """Search with different X-Forwarded-For; the site counts one person."""
    for number in range(4):
        made_up = f"203.0.113.{number}"
        status, *_ = site.get(
            "/search/?q=kettle",
            X_Forwarded_For=made_up,
            Forwarded=f"for={made_up}",
            User_Agent=PHONE["User-Agent"],
        )
        assert status == 200
    with contextlib.closing(sqlite3.connect(site.folder / "everydoor.sqlite3")) as rows:
        counted: Any = rows.execute("SELECT people FROM search_searchterm").fetchall()
    assert counted == [(1,)]


def _half_sent_requests_hold_no_thread(site: Site) -> None:
    """Begin more requests than the site has threads: two processes of eight."""
    begun = (
        b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ",
        b"POST /accounts/login/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\na",
    )
    with contextlib.ExitStack() as open_ones:
        for number in range(60):
            slow = socket.create_connection(("127.0.0.1", site.port), timeout=30)
            open_ones.enter_context(slow)
            slow.sendall(begun[number % 2])
        time.sleep(1)
        before = time.monotonic()
        assert site.get("/healthz")[0] == 200
        assert time.monotonic() - before < 5


def _the_log_holds_no_secrets(site: Site) -> None:
    site.get("/people/invitations/a-secret-token/?q=a-secret-query")
    written = (site.folder / "access").read_text() + (site.folder / "log").read_text()
    assert "/search/ 200" in written
    for secret in ("a-secret", "kettle", "127.0.0.1 ", "Firefox"):
        assert secret not in written, secret
