"""Run the site: the web process and both workers under one supervisor."""

import errno
import os
import signal
import socket
import sys
import threading
import urllib.error
import urllib.request
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from operations.management.supervisor import Child, Program, Supervisor
from operations.registry import Queue

THREADS = 8
HIGHEST_PORT = 65535


class Command(BaseCommand):
    """Serves until Ctrl-C; then no process is left."""

    help = "Serve the site, with its workers, until Ctrl-C."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--host", default="127.0.0.1")

    def handle(self, *args: Any, **options: Any) -> None:
        self._output_lock = threading.Lock()
        self._port = options["port"]
        self._url = f"http://localhost:{self._port}/"
        self._announced = False
        with self._listen(options["host"]) as listener:
            programs = [self._web(listener), *(self._worker(each) for each in Queue)]
            supervisor = Supervisor(programs, self._write)
            for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                signal.signal(number, supervisor.stop)
            ended = supervisor.run(self._announce_once)
        self._report_end(ended)

    def _listen(self, host: str) -> socket.socket:
        """Open the listening socket here, so that a port in use is reported at once."""
        if self._port > HIGHEST_PORT:
            raise CommandError(
                f"{self._port} is not a port; choose one up to {HIGHEST_PORT}."
            )
        try:
            return socket.create_server((host, self._port), backlog=256)
        except OSError as error:
            reason = self._why_not(error)
            other = self._port + 10 if self._port + 10 <= HIGHEST_PORT else 8000
            raise CommandError(
                f"{reason} Choose another one: make run PORT={other}"
            ) from None

    def _why_not(self, error: OSError) -> str:
        if error.errno == errno.EADDRINUSE:
            return f"Port {self._port} is used by another program."
        return f"Port {self._port} cannot be used: {error.strerror}."

    def _web(self, listener: socket.socket) -> Program:
        command = [
            *(sys.executable, "-m", "gunicorn", "everydoor.wsgi:application"),
            *("--bind", f"fd://{listener.fileno()}"),
            *("--config", "python:everydoor.server", "--threads", str(THREADS)),
            *("--workers", "1", "--worker-tmp-dir", _memory_folder()),
            *("--graceful-timeout", "5", "--log-level", "warning"),
        ]
        site_url = os.environ.get("SITE_URL") or self._url.rstrip("/")
        return Program(
            name="web",
            command=command,
            vital=True,
            environment={"SITE_URL": site_url, "PYTHONUNBUFFERED": "1"},
            descriptors=(listener.fileno(),),
        )

    def _worker(self, queue: Queue) -> Program:
        return Program(
            name=queue,
            command=[sys.executable, "-m", "django", "qcluster"],
            environment={"PYTHONUNBUFFERED": "1", "Q_CLUSTER_NAME": queue},
        )

    def _announce_once(self) -> None:
        """Write where the site is, as soon as it answers."""
        if self._announced or not _answers(self._port):
            return
        self._announced = True
        self._write(f"\n  Everydoor is at {self._url}")
        for line in self._sign_in_hints():
            self._write(f"  {line}")
        self._write("  Ctrl-C stops it.\n")

    def _sign_in_hints(self) -> list[str]:
        """Return lines about the demonstration's accounts, if they exist."""
        emails = [f"{name}@example.org" for name in settings.DEMONSTRATION_ACCOUNTS]
        accounts = get_user_model()._default_manager.filter(email__in=emails)
        existing = set(accounts.values_list("email", flat=True))
        if not existing:
            return []
        return [
            f"Sign in at {self._url}accounts/login/ with the password "
            f"{settings.DEMONSTRATION_PASSWORD}, as",
            *(f"    {email}" for email in emails if email in existing),
            f"Its mail is at {self._url}mail/",
        ]

    def _report_end(self, ended: Child | None) -> None:
        if ended is None:
            self._write("Stopped.")
            return
        raise CommandError(
            f"The web process ended by itself (exit code {ended.process.returncode}); "
            "the lines above say why."
        )

    def _write(self, line: str) -> None:
        with self._output_lock:
            self.stdout.write(line)
            self.stdout.flush()


def _answers(port: int) -> bool:
    """Return whether the web process answers, even with an error."""
    request = urllib.request.Request(f"http://127.0.0.1:{port}/healthz")
    try:
        with urllib.request.urlopen(request, timeout=1):  # noqa: S310  (our own URL)
            return True
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False


def _memory_folder() -> str:
    """Return a folder for gunicorn's heartbeat files: on a disk, writing may block."""
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else "."  # noqa: S108
