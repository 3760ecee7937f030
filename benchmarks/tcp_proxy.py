"""A TCP relay in front of a search engine, which can act as if the engine were down."""

import socket
import threading
from contextlib import closing, suppress
from typing import Self
from urllib.parse import urlsplit, urlunsplit


class Relay:
    """Listens on loopback inside its `with` block; `url` is the engine's URL through it."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._engine = (parts.hostname or "127.0.0.1", parts.port or 9200)
        self._listening = socket.create_server(("127.0.0.1", 0))
        port = self._listening.getsockname()[1]
        # Its own indexes, whatever else the engine holds.
        self.url = urlunsplit(
            (parts.scheme, f"127.0.0.1:{port}", f"/edits{port}", "", "")
        )
        self._down = False
        self._open: set[socket.socket] = set()

    def __enter__(self) -> Self:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.set_down(down=True)
        self._listening.close()

    def set_down(self, *, down: bool) -> None:
        """Close every connection at once from now on, or relay again."""
        self._down = down
        for each in list(self._open) if down else ():
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                asking, _address = self._listening.accept()
                threading.Thread(
                    target=self._serve, args=(asking,), daemon=True
                ).start()

    def _serve(self, asking: socket.socket) -> None:
        with closing(asking), suppress(OSError):
            if self._down:
                return
            with closing(socket.create_connection(self._engine)) as engine:
                self._open |= {asking, engine}
                back = threading.Thread(target=_pass_on, args=(engine, asking))
                back.start()
                _pass_on(asking, engine)
                back.join()
                self._open -= {asking, engine}


def _pass_on(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while some := source.recv(65536):
            target.sendall(some)
    with suppress(OSError):
        target.shutdown(socket.SHUT_WR)
