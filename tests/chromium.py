"""Chromium, and a server that answers it in the transaction of the test."""

import os
import shutil
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.servers.basehttp import ThreadedWSGIServer
from django.db import connections
from django.test.testcases import LiveServerThread

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.fixture(scope="session")
def chromium() -> "Iterator[Any]":
    """Start Chromium once; skip the tests that need it if it is not installed."""
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed")
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    # Playwright's event loop runs in this thread, where Django refuses database access.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"],
        )
        yield browser
        browser.close()


class _Server(ThreadedWSGIServer):
    """A server that shares the test's connection, and so leaves it open."""

    # At its end the server waits for open requests: they use the test's transaction.
    daemon_threads = False

    def _close_connections(self) -> None:
        """Do nothing: the test closes the connection."""


class _ServerThread(LiveServerThread):
    server_class = _Server


@pytest.fixture
def server(db: None) -> "Iterator[str]":
    """Serve the site as the test's transaction sees it; yield its URL."""
    shared = {each.alias: each for each in connections.all()}
    for connection in shared.values():
        connection.inc_thread_sharing()
    thread = _ServerThread("127.0.0.1", StaticFilesHandler, connections_override=shared)
    thread.daemon = True
    thread.start()
    thread.is_ready.wait()
    if thread.error:
        raise thread.error
    yield f"http://127.0.0.1:{thread.port}"
    thread.terminate()
    for connection in shared.values():
        connection.dec_thread_sharing()


@pytest.fixture
def open_page(chromium: Any, server: str) -> "Iterator[Callable[..., Any]]":
    """Return `open_page("/path/", width=390, …)`, which opens a page in a new window.

    Whatever the browser's console complains of fails the test, unless it contains
    `expected_error`. `session` is the session cookie of a person who is signed in.
    """
    contexts: list[Any] = []
    complaints: list[str] = []

    def note(said: Any, expected_error: str) -> None:
        expected = expected_error and expected_error in said.text
        if said.type == "error" and not expected:
            complaints.append(said.text)

    def opened(
        path: str,
        *,
        width: int = 1280,
        session: str = "",
        expected_error: str = "",
        **options: Any,
    ) -> Any:
        context = chromium.new_context(
            viewport={"width": width, "height": 900}, **options
        )
        context.set_default_timeout(30_000)
        contexts.append(context)
        if session:
            cookie = {"name": "sessionid", "value": session, "url": server}
            context.add_cookies([cookie])
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: note(said, expected_error))
        page.goto(f"{server}{path}")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not complaints, complaints
