"""The supervisor leaves no process behind, whoever ends it and however."""

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


def alive(pid: int) -> bool:
    """Running, and not merely waiting to be counted by its parent."""
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
    print("family", os.getpid(), grandchild.pid)
    time.sleep(60)
"""


class Running:
    """A supervisor in a thread, with what it wrote."""

    def __init__(self, *programs: Program) -> None:
        self.lines: list[str] = []
        self.supervisor = Supervisor(programs, self.lines.append)
        self.lost: object = "not ended"
        self.thread = Thread(target=self._run)
        self.thread.start()

    def _run(self) -> None:
        self.lost = self.supervisor.run(lambda: None)

    def end(self) -> None:
        self.supervisor.stop()
        self.thread.join(20)
        assert not self.thread.is_alive()

    def families(self) -> list[tuple[int, int]]:
        told = [line.split()[-2:] for line in self.lines if "family" in line]
        return [(int(parent), int(child)) for parent, child in told]


pytestmark = pytest.mark.skipif(
    not Path("/proc/self/stat").exists(), reason="asks Linux's /proc who is alive"
)


def test_stopping_ends_every_family() -> None:
    running = Running(Program("web", python(PARENT_OF_ONE), vital=True))
    until(running.families)
    running.end()
    assert running.lost is None
    until(lambda: not any(alive(pid) for pid in running.families()[0]), seconds=5)


def test_a_killed_worker_leaves_no_orphan_and_is_started_again() -> None:
    running = Running(Program("worker", python(PARENT_OF_ONE)))
    until(running.families)
    parent, orphan = running.families()[0]
    os.kill(parent, signal.SIGKILL)
    until(lambda: len(running.families()) == 2)
    until(lambda: not alive(orphan), seconds=5)
    running.end()
    until(
        lambda: not any(alive(pid) for family in running.families() for pid in family),
        seconds=5,
    )
    assert any("signal 9" in line for line in running.lines)


def test_a_worker_that_keeps_dying_is_given_longer_pauses() -> None:
    running = Running(Program("worker", python("raise SystemExit(3)")))
    until(lambda: sum("started again" in line for line in running.lines) >= 3)
    running.end()
    told = [line for line in running.lines if "started again" in line]
    assert [line.rpartition("again ")[2] for line in told[:3]] == [
        "now",
        "in 2 seconds",
        "in 4 seconds",
    ]


def test_the_site_ends_with_its_web_process() -> None:
    running = Running(
        Program("web", python("print('no room'); raise SystemExit(3)"), vital=True),
        Program("worker", python(PARENT_OF_ONE)),
    )
    running.thread.join(20)
    lost = running.lost
    assert isinstance(lost, module.Child)
    assert (lost.program.name, lost.process.returncode) == ("web", 3)
    assert "web    | no room" in running.lines
    until(
        lambda: not any(alive(pid) for family in running.families() for pid in family),
        seconds=5,
    )


def test_a_program_that_does_not_listen_is_ended_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "GRACE_SECONDS", 0.5)
    deaf = """
        import os, signal, time
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        print("family", os.getpid(), os.getpid())
        time.sleep(60)
    """
    running = Running(Program("worker", python(deaf)))
    until(running.families)
    running.end()
    assert not alive(running.families()[0][0])
