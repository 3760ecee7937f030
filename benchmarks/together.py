"""All at once on SQLite: people read and sign in while a library is imported.

The site runs as with `make run`: web and workers under the supervisor. For a minute three
visitors read and three members sign in, with a password or a code by e-mail; then the bulk
worker is killed during a job. Exits with 1 if anyone got an error, the database was locked, or
the job was not done exactly once.
"""

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import IO, Any

import django

from .browsing import Browser, Tally
from .measured_site import CORPUS, ROOT, as_development, build, environment, say
from .serving import free_port, running

FOLDER = ROOT / "var" / "together"
LOCKED = "database is locked"
PASSWORD = "together for one minute"  # noqa: S105  (of accounts that are thrown away)
# A member may ask for only so many codes in ten minutes; then they use the password.
CODES = 4
PATHS = ("/", "/learn/", "/library/", "/topics/", "/library/guides/", "/search/?q=bed")
RETRY_SECONDS = 30
JOB_SECONDS = 6


def main() -> None:
    wanted = _arguments()
    shutil.rmtree(wanted.folder, ignore_errors=True)
    env = as_development(environment(wanted.folder, ""))
    env |= {
        "WORKER_RETRY_SECONDS": str(RETRY_SECONDS),
        "REQUIRE_SECOND_FACTOR": "0",
    }
    build(env)
    os.environ.update(env)
    django.setup()
    from .members import Members  # noqa: PLC0415  (models are loaded now)

    members = Members.make(3, PASSWORD)
    port, tally = free_port(), Tally()
    log = wanted.folder / "site.log"
    command = [sys.executable, "manage.py", "serve", "--port", str(port)]
    with running(command, env, port, log, within=90) as site:
        imported = _minute(port, tally, members, env, wanted)
        job = _killed_worker(site.pid, members, wanted.folder)
    locked = sum(
        each.read_text(errors="replace").count(LOCKED)
        for each in wanted.folder.glob("*.log")
    )
    told = {
        "seconds": wanted.seconds,
        **dict(sorted(tally.counts.items())),
        "errors": tally.counts["errors"],
        "database_is_locked": locked,
        "imported": imported,
        "job": job,
        "troubles": tally.troubles[:20],
    }
    told["ok"] = told["errors"] == 0 and locked == 0 and job["done"] == 1
    _tell(told, as_json=wanted.json)
    sys.exit(0 if told["ok"] else 1)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks.together", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--folder", type=Path, default=FOLDER, help="emptied first")
    parser.add_argument("--corpus", type=Path, default=CORPUS, help="library to import")
    return parser.parse_args()


def _minute(
    port: int, tally: Tally, members: Any, env: dict[str, str], wanted: Any
) -> dict[str, Any]:
    until = time.monotonic() + wanted.seconds
    people = [
        *(
            threading.Thread(target=_read, args=(Browser(port, tally), start, until))
            for start in range(3)
        ),
        *(
            threading.Thread(
                target=_sign_in, args=(Browser(port, tally), email, members, until)
            )
            for email in members.emails
        ),
    ]
    with (wanted.folder / "import.log").open("wb") as lines:
        importing = _import(env, wanted.corpus, lines)
        say(f"Six people and an import for {wanted.seconds:.0f} seconds")
        for person in people:
            person.start()
        for person in people:
            person.join()
        beside = importing.poll() is None
        if beside:
            say("The import goes on alone")
        try:
            code = importing.wait(timeout=300)
        except subprocess.TimeoutExpired:
            importing.terminate()
            code = importing.wait()
    if code != 0:
        tally.trouble(f"the import ended with {code}")
    return {"exit_code": code, "ran_the_whole_time": beside, "items": members.items()}


def _import(env: dict[str, str], corpus: Path, lines: IO[bytes]) -> subprocess.Popen:
    if (corpus / "items.jsonl").exists():
        arguments = ["import_library", str(corpus), "-v", "0"]
    else:
        made_up = "from benchmarks.library import make_up; make_up(1500)"
        arguments = ["shell", "-v", "0", "--command", made_up]
    return subprocess.Popen(
        [sys.executable, "manage.py", *arguments],
        env=env,
        cwd=ROOT,
        stdout=lines,
        stderr=subprocess.STDOUT,
    )


def _read(browser: Browser, start: int, until: float) -> None:
    step = start
    while time.monotonic() < until:
        path = PATHS[step % len(PATHS)]
        if browser.get(path).status == 200:
            browser.tally.count("pages_read")
        else:
            browser.tally.trouble(f"GET {path} was not answered")
        step += 1


def _sign_in(browser: Browser, email: str, members: Any, until: float) -> None:
    turn = 0
    while time.monotonic() < until:
        by_code = turn % 2 == 1 and turn // 2 < CODES
        browser.cookies.clear()
        if by_code:
            _by_code(browser, email, members)
        else:
            browser.submit("/accounts/login/", login=email, password=PASSWORD)
        way = "by_code" if by_code else "by_password"
        if browser.get("/accounts/email/").status == 200:
            browser.tally.count(f"signed_in_{way}")
        else:
            browser.tally.trouble(f"{email} could not sign in {way}")
        browser.submit("/accounts/logout/")
        turn += 1


def _by_code(browser: Browser, email: str, members: Any) -> None:
    before = members.last_mail(email)
    browser.submit("/accounts/login/code/", email=email)
    until = time.monotonic() + 20
    while time.monotonic() < until:
        if code := members.code_after(email, before):
            browser.submit("/accounts/login/code/confirm/", code=code)
            return
        time.sleep(0.3)
    browser.tally.trouble(f"no code came for {email}")


def _killed_worker(supervisor: int, members: Any, folder: Path) -> dict[str, Any]:
    """Kill the bulk worker during a job; return how often the job began and was done."""
    trace = folder / "job-trace"
    members.enqueue("benchmarks.slow_job.slowly", str(trace), JOB_SECONDS)
    if not _within(120, trace.exists):
        return {"begun": 0, "done": 0, "killed": 0}
    time.sleep(JOB_SECONDS / 3)
    victim = _worker_of(supervisor)
    os.kill(victim, signal.SIGKILL)
    say(f"Killed the worker ({victim}) in the middle of a job")
    _within(120, lambda: "done" in trace.read_text())
    time.sleep(RETRY_SECONDS + JOB_SECONDS)  # it might run a second time
    notes = trace.read_text().split()
    return {"begun": notes.count("begun"), "done": notes.count("done"), "killed": 1}


def _within(seconds: float, so: Any) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if so():
            return True
        time.sleep(0.2)
    return False


def _worker_of(supervisor: int) -> int:
    """Return the process id of the supervisor's bulk worker."""
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = int(
                folder.joinpath("stat").read_text().rpartition(")")[2].split()[1]
            )
            variables = folder.joinpath("environ").read_bytes().split(b"\0")
        except OSError:
            continue
        if parent == supervisor and b"Q_CLUSTER_NAME=bulk" in variables:
            return int(folder.name)
    sys.exit("No bulk worker is running.")


def _tell(told: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(told, ensure_ascii=False))
        return
    for name, value in told.items():
        print(f"{name.replace('_', ' '):<24} {value}")


if __name__ == "__main__":
    main()
