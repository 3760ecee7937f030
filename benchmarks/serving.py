"""Start the site as `manage.py serve` does, and send it requests."""

import contextlib
import http.client
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from .measured_site import ROOT


def free_port() -> int:
    """Return a port that is not in use at this moment."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    return port


@contextlib.contextmanager
def running(
    command: list[str], env: dict[str, str], port: int, log: Path, *, within: float = 60
) -> Iterator[subprocess.Popen]:
    """Run a server process, from its first answer on the port to the end of the block."""
    with log.open("wb") as lines:
        process = subprocess.Popen(
            command,
            env=env,
            cwd=ROOT,
            stdout=lines,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            _wait_for(process, port, within, log)
            yield process
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(timeout=30)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def one_web_worker(port: int) -> list[str]:
    """Return the command of the web process of `manage.py serve`."""
    return [
        *(sys.executable, "-m", "gunicorn", "everydoor.wsgi:application"),
        *("--bind", f"127.0.0.1:{port}", "--workers", "1"),
        *("--worker-class", "gthread", "--threads", "8", "--log-level", "warning"),
    ]


def _wait_for(process: subprocess.Popen, port: int, within: float, log: Path) -> None:
    until = time.monotonic() + within
    while time.monotonic() < until:
        if process.poll() is not None:
            sys.exit(f"The site ended before it began:\n{log.read_text()[-2000:]}")
        with contextlib.suppress(OSError, http.client.HTTPException):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/healthz", headers={"Host": "localhost"})
            if connection.getresponse().status < 500:
                return
        time.sleep(0.2)
    sys.exit(f"The site did not answer in {within:.0f} seconds. See {log}.")


@dataclass
class Asked:
    """The durations and status codes of many requests."""

    seconds: list[float] = field(default_factory=list)
    statuses: dict[int, int] = field(default_factory=dict)
    elapsed: float = 0.0

    def note(self, taken: float, status: int) -> None:
        self.seconds.append(taken)
        self.statuses[status] = self.statuses.get(status, 0) + 1

    @property
    def errors(self) -> int:
        return sum(count for code, count in self.statuses.items() if code >= 500)

    @property
    def per_second(self) -> float:
        return len(self.seconds) / self.elapsed if self.elapsed else 0.0

    def milliseconds(self, share: float) -> float:
        """Return the time within which that share of the requests was answered."""
        ordered = sorted(self.seconds)
        at = min(len(ordered) - 1, int(share * len(ordered)))
        return ordered[at] * 1000 if ordered else 0.0


def ask(
    port: int, path: str, *, cookie: str, clients: int, requests: int, limit: float
) -> Asked:
    """Send requests for one path with several clients, until there are enough or time is up."""
    asked, turn = Asked(), threading.Lock()
    left = iter(range(requests))
    headers = {"Host": "localhost", "Accept": "text/html"}
    if cookie:
        headers["Cookie"] = cookie
    until = time.monotonic() + limit

    def client() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        while time.monotonic() < until:
            with turn:
                if next(left, None) is None:
                    break
            begun = time.perf_counter()
            connection.request("GET", path, headers=headers)
            response = connection.getresponse()
            response.read()
            taken = time.perf_counter() - begun
            with turn:
                asked.note(taken, response.status)
        connection.close()

    threads = [threading.Thread(target=client) for _ in range(clients)]
    begun = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    asked.elapsed = time.perf_counter() - begun
    return asked
