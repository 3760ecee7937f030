"""One process that starts web and workers, restarts them and ends them.

Each child leads a session (and so a process group) of its own. Whatever is left of the group
is killed when the child ends, so neither a killed worker nor a stopped site leaves a process.
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
# A program that ran for less long failed to start; restarting it is delayed.
STABLE_AFTER_SECONDS = 30.0
LONGEST_DELAY = 30.0
_POLL_SECONDS = 0.1
_PR_SET_PDEATHSIG = 1


@dataclass(frozen=True)
class Program:
    """What to run: the site ends with a vital program and restarts any other one."""

    name: str
    command: Sequence[str]
    vital: bool = False
    environment: Mapping[str, str] = field(default_factory=dict)
    descriptors: tuple[int, ...] = ()


class Child:
    """A running program, with all processes that it starts."""

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
            preexec_fn=_end_with_parent,  # noqa: PLW1509  (it needs no lock of a thread)
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

    def terminate(self) -> None:
        """Ask the program to end; it ends the processes that it started itself."""
        if not self.ended:
            self.process.terminate()

    def kill_group(self) -> None:
        """Kill the program and whatever it started and did not end."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self._reader.join(timeout=2)


class Supervisor:
    """Runs the programs until it is stopped or a vital one ends."""

    def __init__(
        self, programs: Sequence[Program], write: Callable[[str], None]
    ) -> None:
        self._programs = programs
        self._write = write
        self._stop = threading.Event()
        self._children: dict[str, Child] = {}
        self._quick_ends: dict[str, int] = {}
        self._restart_at: dict[str, float] = {}

    def stop(self, *_signal: object) -> None:
        """Make `run` end; safe in a signal handler and safe to repeat."""
        self._stop.set()

    def run(self, while_running: Callable[[], None]) -> Child | None:
        """Block until the end; call `while_running` about ten times a second.

        Returns the vital child that ended by itself, or None after `stop()`. No process
        is left in either case.
        """
        try:
            for program in self._programs:
                self._start(program)
            while not self._stop.wait(_POLL_SECONDS):
                if ended := self._poll():
                    return ended
                while_running()
            return None
        finally:
            self._end_all()

    def _start(self, program: Program) -> None:
        self._restart_at.pop(program.name, None)
        self._children[program.name] = Child(program, self._write)

    def _poll(self) -> Child | None:
        for program in self._programs:
            child = self._children.get(program.name)
            if child is None:
                if time.monotonic() >= self._restart_at[program.name]:
                    self._start(program)
            elif child.ended:
                child.kill_group()
                if program.vital:
                    return child
                self._plan_restart(child)
        return None

    def _plan_restart(self, child: Child) -> None:
        """Restart it at once the first time, then back off while it keeps failing."""
        name = child.program.name
        failed_early = child.age < STABLE_AFTER_SECONDS
        ends = self._quick_ends.get(name, 0) + 1 if failed_early else 0
        self._quick_ends[name] = ends
        delay = min(2.0 ** (ends - 1), LONGEST_DELAY) if ends > 1 else 0.0
        self._restart_at[name] = time.monotonic() + delay
        del self._children[name]
        when = f"in {delay:.0f} seconds" if delay else "now"
        reason = _reason(child.process.returncode)
        self._write(f"{name:<6} | ended ({reason}); restarting {when}")

    def _end_all(self) -> None:
        for child in self._children.values():
            child.terminate()
        deadline = time.monotonic() + GRACE_SECONDS
        while time.monotonic() < deadline:
            if all(child.ended for child in self._children.values()):
                break
            time.sleep(_POLL_SECONDS)
        for child in self._children.values():
            child.kill_group()


def _reason(code: int) -> str:
    return f"signal {-code}" if code < 0 else f"exit code {code}"


_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


def _end_with_parent() -> None:
    """Have Linux end the child if the supervisor itself is killed."""
    if _libc is not None:
        _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
