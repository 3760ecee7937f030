"""Copies of the working tree in which faults are planted, and pytest runs in them."""

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from tempfile import mkdtemp

ROOT = Path(__file__).resolve().parents[2]
# Large and never mutated: the copy points to the original.
SHARED = (".venv", "site/frontend/node_modules", "site/frontend/dist")
FAILED_TEST = re.compile(r"^(?:FAILED|ERROR) (tests/\S+)", re.MULTILINE)
ALL_PASSED, SOME_FAILED = 0, 1


def copy_tree(parent: Path) -> Path:
    """Copy every file that git tracks or would track, and link what is built."""
    copy = Path(mkdtemp(prefix="tree-", dir=parent))
    command = ["git", "ls-files", "-co", "--exclude-standard", "-z"]
    names = subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    for name in filter(None, names.stdout.decode().split("\0")):
        if (ROOT / name).is_file():
            target = copy / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, target)
    for name in SHARED:
        (copy / name).symlink_to(ROOT / name)
    return copy


def environment(tree: Path) -> dict[str, str]:
    """Return variables under which the copy's packages are imported, not the original's.

    No bytecode is written: a file that changes twice within a second would be taken
    from the cache.
    """
    kept = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    return {
        **kept,
        "PYTHONPATH": f"{tree / 'site'}{os.pathsep}{tree}",
        "PYTHONDONTWRITEBYTECODE": "1",
    }


def run_pytest(tree: Path, *arguments: str, limit: float) -> tuple[int, str]:
    """Run pytest in the copy and return its exit code and output.

    Raises subprocess.TimeoutExpired after `limit` seconds; no process is left over.
    """
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:randomly"]
    command += ["-p", "no:cacheprovider", "--no-header", "--tb=short", *arguments]
    process = subprocess.Popen(
        command,
        cwd=tree,
        env=environment(tree),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        output, _ = process.communicate(timeout=limit)
    finally:
        _end_group(process.pid)
    return process.returncode, output


def failed_tests(output: str) -> list[str]:
    return FAILED_TEST.findall(output)


def _end_group(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)
