"""`manage.py serve` with its real processes, on a database of its own."""

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from .test_supervisor import alive, until

ROOT = Path(__file__).resolve().parents[2]
ENQUEUE = """
import django, sys
django.setup()
from operations.actions import enqueue
enqueue("tests.operations.work_for_tests.write_once", sys.argv[1])
"""
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        not Path("/proc/self/stat").exists(),
        reason="asks Linux's /proc who is alive",
    ),
]


@pytest.fixture(scope="module")
def migrated(
    tmp_path_factory: pytest.TempPathFactory,
    django_db_setup: None,
    django_db_blocker: Any,
) -> Path:
    """A migrated SQLite database: a copy of the tests' own, or made anew."""
    made = tmp_path_factory.mktemp("house") / "everydoor.sqlite3"
    if connection.vendor == "sqlite":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(made)])
    else:
        run = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
        subprocess.run(run, check=True, cwd=ROOT, env=environment(made))
    return made


def environment(database: Path) -> dict[str, str]:
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "everydoor.settings.dev",
        "DATABASE_URL": f"sqlite:///{database}",
        "EVERYDOOR_VAR": str(database.parent),
        "WORKER_RETRY_SECONDS": "5",
    }


@pytest.fixture
def port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


def serve(database: Path, port: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "manage.py", "serve", "--port", str(port)],
        cwd=ROOT,
        env=environment(database),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def children(pid: int) -> list[int]:
    """Everybody below it, its children first."""
    near = [
        int(child)
        for task in Path(f"/proc/{pid}/task").glob("*/children")
        for child in task.read_text().split()
    ]
    return near + [far for child in near for far in children(child)]


def worker_of(site: int) -> int:
    commands = {
        pid: Path(f"/proc/{pid}/cmdline").read_bytes() for pid in children(site)
    }
    return next(pid for pid, command in commands.items() if b"qcluster" in command)


@pytest.fixture
def site(migrated: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    process = serve(migrated, port)
    try:
        assert process.stdout is not None
        for line in process.stdout:
            if "Everydoor is at" in line:
                break
        yield process
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.communicate(timeout=30)
        finally:
            process.kill()


def test_it_serves_until_it_is_interrupted_and_leaves_nobody(
    site: subprocess.Popen[str], port: int
) -> None:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=10) as page:
        assert page.read() == b"ok\n"
    # gunicorn and its worker; the queue's cluster and its guard at least
    until(lambda: len(children(site.pid)) >= 4, seconds=60)
    everybody = children(site.pid)
    site.send_signal(signal.SIGINT)
    assert site.wait(30) == 0
    until(lambda: not any(alive(pid) for pid in everybody))


def test_a_job_whose_worker_was_killed_in_the_middle_is_done_once_in_the_end(
    site: subprocess.Popen[str], migrated: Path, tmp_path: Path
) -> None:
    run = [sys.executable, "-c", ENQUEUE, str(tmp_path)]
    subprocess.run(run, check=True, cwd=ROOT, env=environment(migrated), timeout=60)
    begun, done = tmp_path / "begun", tmp_path / "done"
    until(begun.exists, seconds=60)
    killed = worker_of(site.pid)
    family = [killed, *children(killed)]
    os.kill(killed, signal.SIGKILL)
    until(lambda: not any(alive(pid) for pid in family))
    assert not done.exists()
    (tmp_path / "go").touch()

    def queue_is_empty() -> bool:
        with sqlite3.connect(migrated, timeout=20) as database:
            (left,) = database.execute("SELECT count(*) FROM django_q_ormq").fetchone()
        return not left

    until(lambda: done.exists() and queue_is_empty(), seconds=60)
    assert begun.read_text().count("begun") == 2
    assert done.read_text().count("done") == 1


def test_a_taken_port_is_said_plainly_with_a_way_out(migrated: Path, port: int) -> None:
    with socket.create_server(("127.0.0.1", port)):
        ended = serve(migrated, port)
        told, _ = ended.communicate(timeout=60)
    assert ended.returncode == 1
    assert told.strip().splitlines()[-1] == (
        f"CommandError: Port {port} is taken by another program. "
        f"Choose another one: make run PORT={port + 10}"
    )
