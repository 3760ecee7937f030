"""One process that starts web and worker and answers for them.

Each child leads a session of its own, so that all that it started can be ended with it:
neither a killed worker nor a stopped site leaves a process behind.
"""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

GRACE_SECONDS = 10.0
STEADY_SECONDS = 30.0
LONGEST_PAUSE = 30.0
_LOOK_EVERY = 0.1
_PR_SET_PDEATHSIG = 1


@dataclass(frozen=True)
class Program:
    """What to run; the site ends with it where it is `vital`, else it is started again."""

    name: str
    command: Sequence[str]
    vital: bool = False
    environment: Mapping[str, str] = field(default_factory=dict)
    descriptors: tuple[int, ...] = ()


class Child:
    """A running program with its whole family."""

    def __init__(self, program: Program, write: Callable[[str], None]) -> None:
        self.program = program
        self.started = time.monotonic()
        self.process = subprocess.Popen(  # noqa: S603  (our own commands)
            program.command,
            env={**os.environ, **program.environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            pass_fds=program.descriptors,
            start_new_session=True,
            preexec_fn=_end_with_parent,  # noqa: PLW1509  (no thread holds a lock it needs)
            text=True,
            errors="replace",
        )
        self._reader = threading.Thread(target=self._read, args=(write,), daemon=True)
        self._reader.start()

    def _read(self, write: Callable[[str], None]) -> None:
        with self.process.stdout or contextlib.nullcontext(()) as lines:
            for line in lines:
                write(f"{self.program.name:<6} | {line.rstrip()}")

    @property
    def ended(self) -> bool:
        return self.process.poll() is not None

    @property
    def age(self) -> float:
        return time.monotonic() - self.started

    def ask_to_end(self) -> None:
        """The program itself is asked; it knows in what order its family ends."""
        if not self.ended:
            self.process.terminate()

    def end_family(self) -> None:
        """Whatever is left of the session is ended, the program too."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self._reader.join(timeout=2)


class Supervisor:
    """Runs the programs until it is told to stop or a vital one ends."""

    def __init__(
        self, programs: Sequence[Program], write: Callable[[str], None]
    ) -> None:
        self._programs = programs
        self._write = write
        self._stop = threading.Event()
        self._children: dict[str, Child] = {}
        self._quick_deaths: dict[str, int] = {}
        self._due: dict[str, float] = {}

    def stop(self, *_signal: object) -> None:
        """May be called from a signal handler, any number of times."""
        self._stop.set()

    def run(self, while_running: Callable[[], None]) -> Child | None:
        """Blocks; calls `while_running` at each look. Returns the vital child that ended
        by itself, or None after `stop()`. No process is left in either case."""
        try:
            for program in self._programs:
                self._start(program)
            while not self._stop.wait(_LOOK_EVERY):
                if lost := self._look():
                    return lost
                while_running()
            return None
        finally:
            self._end_all()

    def _start(self, program: Program) -> None:
        self._due.pop(program.name, None)
        self._children[program.name] = Child(program, self._write)

    def _look(self) -> Child | None:
        for program in self._programs:
            child = self._children.get(program.name)
            if child is None:
                if time.monotonic() >= self._due[program.name]:
                    self._start(program)
            elif child.ended:
                child.end_family()
                if program.vital:
                    return child
                self._plan_restart(child)
        return None

    def _plan_restart(self, child: Child) -> None:
        """At once the first time, then after longer and longer pauses while it keeps
        dying young."""
        name = child.program.name
        young = child.age < STEADY_SECONDS
        deaths = self._quick_deaths.get(name, 0) + 1 if young else 0
        self._quick_deaths[name] = deaths
        pause = min(2.0 ** (deaths - 1), LONGEST_PAUSE) if deaths > 1 else 0.0
        self._due[name] = time.monotonic() + pause
        del self._children[name]
        when = f"in {pause:.0f} seconds" if pause else "now"
        code = child.process.returncode
        self._write(f"{name:<6} | ended ({_ending(code)}); it is started again {when}")

    def _end_all(self) -> None:
        for child in self._children.values():
            child.ask_to_end()
        deadline = time.monotonic() + GRACE_SECONDS
        while time.monotonic() < deadline:
            if all(child.ended for child in self._children.values()):
                break
            time.sleep(_LOOK_EVERY)
        for child in self._children.values():
            child.end_family()


def _ending(code: int) -> str:
    return f"signal {-code}" if code < 0 else f"exit code {code}"


_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


def _end_with_parent() -> None:
    """Linux asks the child to end when the supervisor itself was killed."""
    if _libc is not None:
        _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
