"""Plant each fault of the list in a copy of the tree, and see whether a test fails.

    python -m tests.mutations.run [--only TEXT] [--workers 2] [--limit 600]

A fault is *killed* if a named test fails, *survived* if all pass, and *broken* if the
fault cannot be planted or the tests cannot run with it. The exit code is 0 only if every
fault was killed. Faults are tried on SQLite.
"""

import argparse
import queue
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from . import scratch
from .entries import Mutation, load

KILLED, SURVIVED, BROKEN = "killed", "SURVIVED", "BROKEN"


@dataclass(frozen=True)
class Verdict:
    """What became of one fault: `detail` is the test that failed, or what went wrong."""

    mutation: Mutation
    outcome: str
    seconds: float
    detail: str = ""

    def __str__(self) -> str:
        line = f"{self.outcome:9}{self.seconds:6.1f} s  {self.mutation}"
        return f"{line}\n{'':19}{self.detail}" if self.detail else line


def judge(code: int, output: str) -> tuple[str, str]:
    """Return the outcome for a run of the named tests in the faulty copy."""
    failed = scratch.failed_tests(output)
    if code == scratch.ALL_PASSED:
        return SURVIVED, ""
    if code == scratch.SOME_FAILED and failed:
        return KILLED, failed[0]
    return BROKEN, "\n".join(output.splitlines()[-15:])


def run_tests(mutation: Mutation, tree: Path, limit: float) -> tuple[str, str]:
    try:
        code, output = scratch.run_pytest(
            tree, "-x", "-n0", *mutation.tests, limit=limit
        )
    except subprocess.TimeoutExpired:
        return BROKEN, f"the tests took longer than {limit:g} s"
    return judge(code, output)


def try_mutation(mutation: Mutation, tree: Path, limit: float) -> Verdict:
    """Plant the fault in the copy, run its tests, and restore the file."""
    started = time.monotonic()
    path = tree / mutation.file
    original = path.read_text()
    try:
        path.write_text(mutation.apply_to(original))
        outcome, detail = run_tests(mutation, tree, limit)
    except (SyntaxError, ValueError) as problem:
        outcome, detail = BROKEN, str(problem)
    finally:
        path.write_text(original)
    return Verdict(mutation, outcome, time.monotonic() - started, detail)


def baseline_failure(mutations: Iterable[Mutation], tree: Path, workers: int) -> str:
    """Run every named test without a fault; return the output unless all pass."""
    tests = sorted({test for mutation in mutations for test in mutation.tests})
    code, output = scratch.run_pytest(tree, f"-n{workers}", *tests, limit=3600)
    return "" if code == scratch.ALL_PASSED else output


def try_all(mutations: list[Mutation], trees: list[Path], limit: float) -> Counter[str]:
    """Try the mutations, one at a time in each copy, and print each verdict."""
    free: queue.Queue[Path] = queue.Queue()
    for tree in trees:
        free.put(tree)

    def attempt(mutation: Mutation) -> Verdict:
        tree = free.get()
        try:
            return try_mutation(mutation, tree, limit)
        finally:
            free.put(tree)

    with ThreadPoolExecutor(len(trees)) as pool:
        verdicts = []
        for verdict in pool.map(attempt, mutations):
            print(verdict, flush=True)
            verdicts.append(verdict)
    report(verdicts)
    return Counter(verdict.outcome for verdict in verdicts)


def report(verdicts: list[Verdict]) -> None:
    counts = Counter(verdict.outcome for verdict in verdicts)
    print(", ".join(f"{counts[each]} {each}" for each in (KILLED, SURVIVED, BROKEN)))
    for verdict in verdicts:
        if verdict.outcome != KILLED:
            print(f"  {verdict.outcome}: {verdict.mutation}")


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", default="", help='part of "area: name"')
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--limit", type=float, default=600, help="seconds for each")
    parser.add_argument("--list", action="store_true", help="print the list and stop")
    parser.add_argument(
        "--skip-baseline",
        action="store_true",
        help="do not run the tests without a fault first",
    )
    return parser.parse_args()


def main() -> int:
    # As for Ctrl-C: the copies and the tests in them must not be left over.
    signal.signal(signal.SIGTERM, lambda *_received: sys.exit(143))
    chosen = options()
    mutations = load(chosen.only)
    if chosen.list or not mutations:
        print("\n".join(map(str, mutations)) or "No mutation matches.")
        return 0 if mutations else 1
    with TemporaryDirectory(prefix="everydoor-mutations-") as folder:
        trees = [scratch.copy_tree(Path(folder)) for _ in range(chosen.workers)]
        if not chosen.skip_baseline:
            failure = baseline_failure(mutations, trees[0], chosen.workers)
            if failure:
                print(failure, "\nThe tests fail without any fault.")
                return 1
        counts = try_all(mutations, trees, chosen.limit)
    return 0 if set(counts) == {KILLED} else 1


if __name__ == "__main__":
    sys.exit(main())
