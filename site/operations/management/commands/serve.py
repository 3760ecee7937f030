"""Run the site: web and worker under one supervisor."""

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

THREADS = 8


class Command(BaseCommand):
    """Serves until Ctrl-C; then nothing is left running."""

    help = "Serve the site: the web process and the worker, until Ctrl-C."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--host", default="127.0.0.1")

    def handle(self, *args: Any, **options: Any) -> None:
        host, port = options["host"], options["port"]
        self._writing = threading.Lock()
        self._address = f"http://localhost:{port}/"
        self._announced = False
        with self._listen(host, port) as listener:
            programs = [self._web(listener, host, port), self._worker()]
            supervisor = Supervisor(programs, self._write)
            for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                signal.signal(number, supervisor.stop)
            lost = supervisor.run(lambda: self._announce(port))
        self._farewell(lost)

    def _listen(self, host: str, port: int) -> socket.socket:
        """The door is opened here, so that it is known at once whether it is free."""
        try:
            return socket.create_server((host, port), backlog=256)
        except OverflowError:
            raise CommandError(f"{port} is no port; choose one below 65536.") from None
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                reason = f"Port {port} is taken by another program."
            else:
                reason = f"Port {port} cannot be used: {error.strerror}."
            another = port + 10 if port < 65000 else 8000  # noqa: PLR2004
            raise CommandError(
                f"{reason} Choose another one: make run PORT={another}"
            ) from None

    def _web(self, listener: socket.socket, host: str, port: int) -> Program:
        command = [
            *(sys.executable, "-m", "gunicorn", "everydoor.wsgi:application"),
            *("--bind", f"fd://{listener.fileno()}"),
            *("--worker-class", "gthread", "--threads", str(THREADS)),
            *("--workers", "1", "--worker-tmp-dir", _memory_folder()),
            *(
                "--graceful-timeout",
                "5",
                "--no-control-socket",
                "--log-level",
                "warning",
            ),
        ]
        address = os.environ.get("SITE_URL") or self._address.rstrip("/")
        return Program(
            name="web",
            command=command,
            vital=True,
            environment={"SITE_URL": address, "PYTHONUNBUFFERED": "1"},
            descriptors=(listener.fileno(),),
        )

    def _worker(self) -> Program:
        return Program(
            name="worker",
            command=[sys.executable, "-m", "django", "qcluster"],
            environment={"PYTHONUNBUFFERED": "1"},
        )

    def _announce(self, port: int) -> None:
        """Says once where the site is, as soon as it answers."""
        if self._announced or not _answers(port):
            return
        self._announced = True
        self._write(f"\n  Everydoor is at {self._address}")
        for line in self._sign_ins():
            self._write(f"  {line}")
        self._write("  Ctrl-C stops it.\n")

    def _sign_ins(self) -> list[str]:
        wanted = [f"{name}@example.org" for name in settings.DEMONSTRATION_ACCOUNTS]
        people = get_user_model()._default_manager.filter(email__in=wanted)
        there = set(people.values_list("email", flat=True))
        if not there:
            return []
        return [
            f"Sign in at {self._address}accounts/login/ with the password "
            f"{settings.DEMONSTRATION_PASSWORD}, as",
            *(f"    {email}" for email in wanted if email in there),
            f"Its mail is at {self._address}mail/",
        ]

    def _farewell(self, lost: Child | None) -> None:
        if lost is None:
            self._write("Stopped.")
            return
        raise CommandError(
            f"The web process ended by itself (exit code {lost.process.returncode}); "
            "the lines before this one say why."
        )

    def _write(self, line: str) -> None:
        with self._writing:
            self.stdout.write(line)
            self.stdout.flush()


def _answers(port: int) -> bool:
    request = urllib.request.Request(f"http://127.0.0.1:{port}/healthz")
    try:
        with urllib.request.urlopen(request, timeout=1):  # noqa: S310  (our own)
            return True
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False


def _memory_folder() -> str:
    """gunicorn's heartbeat files: on a disk they may block."""
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else "."  # noqa: S108
