"""`manage.py serve` with its real processes, on its own database."""

import contextlib
import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from .test_supervisor import runs, until

ROOT = Path(__file__).resolve().parents[2]
ENQUEUE = """
import django, sys
django.setup()
from operations.actions import enqueue
from operations.registry import Queue
_, folder, queue = sys.argv
enqueue("tests.operations.work_for_tests.write_once", folder, queue=Queue(queue))
"""
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        not Path("/proc/self/stat").exists(),
        reason="reads Linux's /proc",
    ),
]


@pytest.fixture(scope="module")
def migrated(
    tmp_path_factory: pytest.TempPathFactory,
    django_db_setup: None,
    django_db_blocker: Any,
) -> Path:
    """Return a migrated SQLite database: a copy of the test database, or a new one."""
    database = tmp_path_factory.mktemp("site") / "everydoor.sqlite3"
    if connection.vendor == "sqlite":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(database)])
    else:
        run = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
        subprocess.run(run, check=True, cwd=ROOT, env=environment(database))
    return database


def environment(database: Path) -> dict[str, str]:
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "everydoor.settings.dev",
        "DATABASE_URL": f"sqlite:///{database}",
        "EVERYDOOR_VAR": str(database.parent),
        "WORKER_RETRY_SECONDS": "5",
    }


def free_port() -> int:
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
    """Return the process ids of all its descendants, its children first."""
    own = [
        int(child)
        for task in Path(f"/proc/{pid}/task").glob("*/children")
        for child in task.read_text().split()
    ]
    return own + [other for child in own for other in children(child)]


def worker_of(site: int, queue: str) -> int:
    """Return the first process of the queue's worker; it started the others."""
    variable = f"Q_CLUSTER_NAME={queue}".encode()
    return next(
        pid
        for pid in children(site)
        if variable in Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
    )


def jobs_in(database: Path) -> int:
    with sqlite3.connect(database, timeout=20) as connection:
        (count,) = connection.execute("SELECT count(*) FROM django_q_ormq").fetchone()
    return int(count)


@contextmanager
def running(database: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    process = serve(database, port)
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


@dataclass(frozen=True)
class Site:
    pid: int
    port: int


@pytest.fixture(scope="module")
def site(migrated: Path) -> Iterator[Site]:
    port = free_port()
    with running(migrated, port) as process:
        yield Site(process.pid, port)


def test_it_serves_until_it_is_interrupted_and_leaves_no_process(
    migrated: Path,
) -> None:
    port = free_port()
    with running(migrated, port) as process:
        url = f"http://127.0.0.1:{port}/healthz"
        with urllib.request.urlopen(url, timeout=10) as page:
            assert page.read() == b"ok\n"
        # gunicorn and its worker; of each queue the cluster, its guard and more
        until(lambda: len(children(process.pid)) >= 10, seconds=60)
        processes = children(process.pid)
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 0
        until(lambda: not any(runs(pid) for pid in processes))


def begin_job(database: Path, folder: Path, queue: str) -> None:
    """Enqueue a job that waits for the file `go` in the folder."""
    run = [sys.executable, "-c", ENQUEUE, str(folder), queue]
    subprocess.run(run, check=True, cwd=ROOT, env=environment(database), timeout=60)


@pytest.mark.parametrize("queue", ["urgent", "bulk"])
def test_a_job_whose_worker_is_killed_is_done_once_by_the_next_worker(
    site: Site, migrated: Path, tmp_path: Path, queue: str
) -> None:
    begin_job(migrated, tmp_path, queue)
    begun, done = tmp_path / "begun", tmp_path / "done"
    until(begun.exists, seconds=60)
    killed = worker_of(site.pid, queue)
    group = [killed, *children(killed)]
    os.kill(killed, signal.SIGKILL)
    until(lambda: not any(runs(pid) for pid in group))
    assert not done.exists()
    (tmp_path / "go").touch()
    until(lambda: done.exists() and not jobs_in(migrated), seconds=60)
    assert begun.read_text().count("begun") == 2
    assert done.read_text().count("done") == 1


def test_a_job_of_one_queue_does_not_wait_for_the_other(
    site: Site, migrated: Path, tmp_path: Path
) -> None:
    for queue in ("bulk", "urgent"):
        folder = tmp_path / queue
        folder.mkdir()
        begin_job(migrated, folder, queue)
        until((folder / "begun").exists, seconds=60)
    for queue in ("bulk", "urgent"):
        assert not (tmp_path / queue / "done").exists()
        (tmp_path / queue / "go").touch()


def test_both_queues_are_ready_as_soon_as_their_workers_start(site: Site) -> None:
    def ready() -> bool:
        url = f"http://127.0.0.1:{site.port}/readyz"
        try:
            with urllib.request.urlopen(url, timeout=10) as page:
                return bool(json.load(page)["ready"])
        except urllib.error.HTTPError:
            return False

    until(ready, seconds=30)


def test_a_port_in_use_is_reported_with_another_one_to_choose(migrated: Path) -> None:
    port = free_port()
    with socket.create_server(("127.0.0.1", port)):
        ended = serve(migrated, port)
        output, _ = ended.communicate(timeout=60)
    assert ended.returncode == 1
    assert output.strip().splitlines()[-1] == (
        f"CommandError: Port {port} is used by another program. "
        f"Choose another one: make run PORT={port + 10}"
    )


@pytest.mark.parametrize("port", [65536, 65530])
def test_a_port_that_cannot_be_used_is_reported(port: int) -> None:
    with contextlib.ExitStack() as sockets:
        if port < 65536:
            sockets.enter_context(socket.create_server(("127.0.0.1", port)))
        with pytest.raises(CommandError, match=r"choose|Choose"):
            call_command("serve", port=port)
