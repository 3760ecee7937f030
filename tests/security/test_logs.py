"""Attack: read the logs to learn what people searched for, or to use their tokens.

Starts the web server with the command of the image, sends it requests, good, failing and
malformed, and reads everything that it wrote.
"""

import json
import logging
import os
import re
import secrets
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from everydoor.logs import PrivateFormatter, without_secrets
from tests.access.addresses import addresses

ROOT = Path(__file__).resolve().parents[2]
SECRET = "my-sister-relapsed"  # noqa: S105
TOKEN = "t0ken-of-an-invitation"  # noqa: S105
REQUESTS = (
    f"GET /healthz?q={SECRET} HTTP/1.1\r\nHost: localhost\r\n\r\n",
    f"GET /search/?q={SECRET} HTTP/1.1\r\nHost: localhost\r\n\r\n",
    f"GET /search/?q='{SECRET}' HTTP/1.1\r\nHost: localhost\r\n\r\n",
    f"GET /people/invitations/{TOKEN}/?q={SECRET} HTTP/1.1\r\nHost: localhost\r\n\r\n",
    f"GET /healthz HTTP/1.1\r\nHost: localhost\r\nReferer: http://x/?q={SECRET}\r\n"
    f"User-Agent: {SECRET}\r\n\r\n",
    f"GET /search/?q={SECRET} HTTP/1.1\r\nHost: not-ours.example\r\n\r\n",
    f"GET /search/?q={SECRET} HTTP/9.9\r\nHost: localhost\r\n\r\n",
    f"GET /search/?q={SECRET} HTTP/1.1\r\nHost: localhost\r\nBroken\r\n\r\n",
)
SECRET_PARAMETERS = {"token", "key", "uidb64", "invitation"}
HANDLERS = """
import json, logging, django
django.setup()
loggers = [logging.root, *logging.Logger.manager.loggerDict.values()]
print(json.dumps([
    [each.name, type(handler.formatter).__name__]
    for each in loggers if isinstance(each, logging.Logger)
    for handler in each.handlers if not isinstance(handler, logging.NullHandler)
]))
"""


def command(port: int) -> list[str]:
    """Return the command of the image, on another port."""
    line = re.findall(r"^CMD (\[.*\])$", (ROOT / "Dockerfile").read_text(), re.M)[-1]
    given: list[str] = json.loads(line)
    assert given[0] == "gunicorn"
    bound = [each.replace("0.0.0.0:8000", f"127.0.0.1:{port}") for each in given[1:]]
    return [sys.executable, "-m", "gunicorn", *bound]


@pytest.fixture
def written(tmp_path: Path) -> str:
    """Return all that the server writes for REQUESTS; it has no database, so some fail."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    log = tmp_path / "log"
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "everydoor.settings.test"}
    with log.open("wb") as file:
        server = subprocess.Popen(
            command(port), env=environment, stdout=file, stderr=file, cwd=ROOT
        )
        try:
            _wait(port)
            for request in REQUESTS:
                _send(port, request)
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(timeout=30)
    return log.read_text()


def _wait(port: int) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            return _send(port, "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
        except ConnectionError:
            time.sleep(0.1)
    pytest.fail("the server did not start")


def _send(port: int, request: str) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        connection.sendall(request.encode())
        connection.shutdown(socket.SHUT_WR)
        while connection.recv(65536):
            pass


def test_the_server_of_the_image_writes_no_query_and_no_token(written: str) -> None:
    assert "GET /healthz 200" in written
    assert "GET /search/ 500" in written
    assert "Internal Server Error: /search/" in written
    assert "/people/invitations/…" in written
    for secret in (SECRET, TOKEN, "127.0.0.1 "):
        lines = [line for line in written.splitlines() if secret in line]
        assert not lines, "\n".join(lines)


@pytest.mark.parametrize("name", ["dev", "production"])
def test_every_handler_of_django_and_the_workers_removes_secrets(name: str) -> None:
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": f"everydoor.settings.{name}",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "SECOND_FACTOR_KEYS": Fernet.generate_key().decode(),
        "DATABASE_URL": "postgres://nobody@localhost/none",
        "SITE_URL": "https://everydoor.example.org",
    }
    output = subprocess.run(
        [sys.executable, "-c", HANDLERS],
        env=environment,
        check=True,
        capture_output=True,
        text=True,
        timeout=60,
    )
    handlers = json.loads(output.stdout)
    assert ["root", "PrivateFormatter"] in handlers
    assert {formatter for _, formatter in handlers} == {"PrivateFormatter"}, handlers


def test_no_url_pattern_with_a_token_shows_it() -> None:
    """A new URL with a token in its path must be known to the log."""
    found = [each for each in addresses() if SECRET_PARAMETERS & set(each.parameters)]
    assert found
    for each in found:
        values = dict.fromkeys(each.parameters, 1)
        values |= dict.fromkeys(SECRET_PARAMETERS, TOKEN)
        assert TOKEN not in without_secrets(f"GET {each.filled(values)} 200"), each


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Not Found: /no/such/page/", "Not Found: /no/such/page/"),
        ("Is it running? Try again.", "Is it running? Try again."),
        ("GET https://a.example/?a=b&c=d 200", "GET https://a.example/?… 200"),
        (
            "key /accounts/password/reset/key/1-abc/",
            "key /accounts/password/reset/key/…",
        ),
    ],
)
def test_only_secrets_are_removed(line: str, expected: str) -> None:
    assert without_secrets(line) == expected


def test_a_traceback_holds_no_query(caplog: pytest.LogCaptureFixture) -> None:
    try:
        raise ValueError(f"https://site.example/search/?q={SECRET}")
    except ValueError:
        logging.getLogger("everydoor").exception("GET /search/?q=%s", SECRET)
    line = PrivateFormatter("%(message)s").format(caplog.records[-1])
    assert "ValueError" in line
    assert SECRET not in line
