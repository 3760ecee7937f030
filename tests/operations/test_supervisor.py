"""The supervisor leaves no process behind, however it ends."""

import os
import signal
import sys
import textwrap
import time
from collections.abc import Callable
from pathlib import Path
from threading import Thread

import pytest

from operations.management import supervisor as module
from operations.management.supervisor import Program, Supervisor


def python(code: str) -> list[str]:
    return [sys.executable, "-u", "-c", textwrap.dedent(code)]


def runs(pid: int) -> bool:
    """Return whether the process runs: a zombie does not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2][0]
    except FileNotFoundError:
        return False
    return state != "Z"


def until(true: Callable[[], object], *, seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(0.02)


PARENT_OF_ONE = """
    import os, subprocess, sys, time
    grandchild = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    print("group", os.getpid(), grandchild.pid)
    time.sleep(60)
"""


class Running:
    """A supervisor in a thread, and the lines that it wrote."""

    def __init__(self, *programs: Program) -> None:
        self.lines: list[str] = []
        self.supervisor = Supervisor(programs, self.lines.append)
        self.ended: object = "not ended"
        self.thread = Thread(target=self._run)
        self.thread.start()

    def _run(self) -> None:
        self.ended = self.supervisor.run(lambda: None)

    def end(self) -> None:
        self.supervisor.stop()
        self.thread.join(20)
        assert not self.thread.is_alive()

    def groups(self) -> list[tuple[int, int]]:
        lines = [line.split()[-2:] for line in self.lines if "group" in line]
        return [(int(parent), int(child)) for parent, child in lines]


pytestmark = pytest.mark.skipif(
    not Path("/proc/self/stat").exists(), reason="reads Linux's /proc"
)


def test_stopping_ends_all_processes_of_every_program() -> None:
    running = Running(Program("web", python(PARENT_OF_ONE), vital=True))
    until(running.groups)
    running.end()
    assert running.ended is None
    until(lambda: not any(runs(pid) for pid in running.groups()[0]), seconds=5)


def test_a_killed_worker_leaves_no_orphan_and_is_restarted() -> None:
    running = Running(Program("worker", python(PARENT_OF_ONE)))
    until(running.groups)
    parent, orphan = running.groups()[0]
    os.kill(parent, signal.SIGKILL)
    until(lambda: len(running.groups()) == 2)
    until(lambda: not runs(orphan), seconds=5)
    running.end()
    until(
        lambda: not any(runs(pid) for group in running.groups() for pid in group),
        seconds=5,
    )
    assert any("signal 9" in line for line in running.lines)


def test_a_worker_that_keeps_failing_is_restarted_after_longer_and_longer() -> None:
    running = Running(Program("worker", python("raise SystemExit(3)")))
    until(lambda: sum("restarting" in line for line in running.lines) >= 3)
    running.end()
    lines = [line for line in running.lines if "restarting" in line]
    assert [line.rpartition("restarting ")[2] for line in lines[:3]] == [
        "now",
        "in 2 seconds",
        "in 4 seconds",
    ]


def test_the_site_ends_with_its_web_process() -> None:
    running = Running(
        Program("web", python("print('port in use'); raise SystemExit(3)"), vital=True),
        Program("worker", python(PARENT_OF_ONE)),
    )
    running.thread.join(20)
    ended = running.ended
    assert isinstance(ended, module.Child)
    assert (ended.program.name, ended.process.returncode) == ("web", 3)
    assert "web    | port in use" in running.lines
    until(
        lambda: not any(runs(pid) for group in running.groups() for pid in group),
        seconds=5,
    )


def test_a_program_that_ignores_sigterm_is_killed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "GRACE_SECONDS", 0.5)
    stubborn = """
        import os, signal, time
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        print("group", os.getpid(), os.getpid())
        time.sleep(60)
    """
    running = Running(Program("worker", python(stubborn)))
    until(running.groups)
    running.end()
    assert not runs(running.groups()[0][0])
