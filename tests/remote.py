"""A search engine outside the database, if one is running for the tests."""

import os
import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from typing import Any
from uuid import uuid4

import pytest

from search import engines, jobs
from search.engines.remote import RemoteEngine
from search.engines.remote.connection import client


@pytest.fixture
def remote_engine(settings: Any) -> Iterator[RemoteEngine]:
    """Configure the engine for one test, with indexes of its own, and drop them after it."""
    settings.SEARCH_URL = f"{engine_url()}-{uuid4().hex[:12]}"
    engine = RemoteEngine(settings.SEARCH_URL)
    yield engine
    for generation in engine.generations():
        engine.drop(generation)


def engine_url() -> str:
    """Return the URL of the engine for tests; skip the test if there is none."""
    given = os.environ.get("SEARCH_TEST_URL")
    if not given:
        why = "SEARCH_TEST_URL names none; .ci/with-opensearch starts one."
        missing = os.environ.get("SEARCH_TEST_MISSING", why)
        pytest.skip(f"No search engine: {missing}")
    return given


def catch_up() -> None:
    """Apply all pending changes to the index and, if there is one, to the engine."""
    jobs.apply_changes()
    if remote := engines.remote():
        names = f"{remote.location.prefix}-*"
        client(remote.url).indices.refresh(index=names, ignore_unavailable=True)


class Door:
    """A proxy before the engine; while shut it refuses connections, as a dead engine does."""

    def __init__(self, host: str) -> None:
        name, port = host.rsplit(":", 1)
        self._behind = (name, int(port))
        self._open: set[socket.socket] = set()
        self._listener: socket.socket | None = None
        self.port = 0
        self.open()

    def open(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", self.port))
        self.port = self._listener.getsockname()[1]
        threading.Thread(
            target=self._receive, args=(self._listener,), daemon=True
        ).start()

    def shut(self) -> None:
        listener, self._listener = self._listener, None
        if listener:
            with suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)
            listener.close()
        for each in list(self._open):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)

    def _receive(self, listener: socket.socket) -> None:
        while True:
            try:
                caller, _address = listener.accept()
                behind = socket.create_connection(self._behind)
            except OSError:
                return
            for source, target in ((caller, behind), (behind, caller)):
                threading.Thread(
                    target=self._pass, args=(source, target), daemon=True
                ).start()

    def _pass(self, source: socket.socket, target: socket.socket) -> None:
        self._open.add(source)
        with suppress(OSError), source:
            while received := source.recv(65536):
                target.sendall(received)
            target.shutdown(socket.SHUT_WR)
        self._open.discard(source)


@pytest.fixture
def door(settings: Any) -> Iterator[Door]:
    """Configure the engine for one test behind a proxy that the test can shut."""
    url = engine_url()
    scheme, _sep, rest = url.partition("://")
    hosts, _slash, prefix = rest.partition("/")
    door = Door(hosts.split(",")[0])
    own = f"{prefix}-{uuid4().hex[:12]}"
    settings.SEARCH_URL = f"{scheme}://127.0.0.1:{door.port}/{own}"
    yield door
    door.shut()
    engine = RemoteEngine(f"{scheme}://{hosts}/{own}")
    for generation in engine.generations():
        engine.drop(generation)
