"""An SMTP server that accepts every message and notes when."""

import contextlib
import socketserver
import threading
import time
from collections.abc import Iterator


class _Session(socketserver.StreamRequestHandler):
    """The part of RFC 5321 that Django's client uses."""

    server: "SmtpServer"

    def handle(self) -> None:
        self._reply("220 benchmark")
        recipients: list[str] = []
        while line := self.rfile.readline().decode().strip():
            verb = line[:4].upper()
            if verb == "RCPT":
                recipients.append(line.partition("<")[2].partition(">")[0])
            if verb == "DATA":
                self._receive(recipients)
            self._reply("221 bye" if verb == "QUIT" else "250 ok")
            if verb == "QUIT":
                return

    def _receive(self, recipients: list[str]) -> None:
        self._reply("354 go on")
        while self.rfile.readline() != b".\r\n":
            pass
        self.server.accept(recipients)

    def _reply(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


class SmtpServer(socketserver.ThreadingTCPServer):
    daemon_threads = True
    request_queue_size = 64

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Session)
        self.count = 0
        self._accepted: dict[str, float] = {}
        self._changed = threading.Condition()

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def accept(self, recipients: list[str]) -> None:
        with self._changed:
            self.count += 1
            self._accepted.update(dict.fromkeys(recipients, time.monotonic()))
            self._changed.notify_all()

    def accepted_at(self, email: str, *, timeout: float) -> float | None:
        """Wait for a message to the address; return when it came (time.monotonic)."""
        with self._changed:
            self._changed.wait_for(lambda: email in self._accepted, timeout)
            return self._accepted.get(email)


@contextlib.contextmanager
def smtp_server() -> Iterator[SmtpServer]:
    """Run the server in a thread until the end of the block."""
    with SmtpServer() as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server
        server.shutdown()
