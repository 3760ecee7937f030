"""Sign-in codes while the bulk queue is full.

A newsletter to 10,000 people is queued. Then the site runs as with `make run`, with an SMTP
server that accepts everything, and members ask for a sign-in code over HTTP, one after another.
Prints the delay of each code, from the request to its acceptance by the SMTP server. Exits with
1 if a code took longer than two seconds, or if the bulk queue was empty before the last code.

Measures SQLite, or the database of DATABASE_URL; `.ci/with-postgres` sets it.
"""

import argparse
import json
import os
import shutil
import statistics
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import django

from .browsing import Browser, Tally
from .measured_site import ROOT, environment, manage, say
from .serving import free_port, running
from .smtp_server import SmtpServer, smtp_server

FOLDER = ROOT / "var" / "queues"
LIMIT_SECONDS = 2.0


@dataclass
class Code:
    """One sign-in code: seconds until the page answered, and until the mail was accepted."""

    page: float
    mail: float | None


def main() -> None:
    options = _options()
    shutil.rmtree(options.folder, ignore_errors=True)
    with smtp_server() as smtp:
        env = _environment(options.folder, smtp.port)
        manage(env, "migrate", "--verbosity", "0")
        os.environ.update(env)
        django.setup()
        report = _measure(options, env, smtp)
    _print(report, as_json=options.json)
    sys.exit(0 if report["ok"] else 1)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks.queues", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--jobs", type=int, default=10_000, help="bulk jobs")
    parser.add_argument("--codes", type=int, default=20, help="sign-in codes")
    parser.add_argument("--folder", type=Path, default=FOLDER, help="emptied first")
    return parser.parse_args()


def _environment(folder: Path, smtp_port: int) -> dict[str, str]:
    env = environment(folder, "benchmarks.smtp_settings")
    env["BENCHMARK_SMTP_PORT"] = str(smtp_port)
    if given := os.environ.get("DATABASE_URL"):
        env["DATABASE_URL"] = given
    return env


def _measure(
    options: argparse.Namespace, env: dict[str, str], smtp: SmtpServer
) -> dict[str, Any]:
    from .members import (  # noqa: PLC0415  (models are loaded now)
        make_accounts,
        queue_newsletter,
        waiting_jobs,
    )

    emails = make_accounts(options.codes)
    say(f"Queueing {options.jobs:,} bulk jobs")
    queue_newsletter(options.jobs)
    port = free_port()
    command = [sys.executable, "manage.py", "serve", "--port", str(port)]
    tally = Tally()
    with running(command, env, port, options.folder / "site.log", within=180):
        # The first request loads modules and compiles templates.
        _ask_for_codes(port, tally, ["nobody@example.org"], smtp)
        before = waiting_jobs()
        say(f"{before:,} jobs are waiting; {smtp.count:,} messages were sent")
        codes = _ask_for_codes(port, tally, emails, smtp)
        after = waiting_jobs()
    return _report(codes, before, after, tally)


def _ask_for_codes(
    port: int, tally: Tally, emails: list[str], smtp: SmtpServer
) -> list[Code]:
    codes = []
    for email in emails:
        browser = Browser(port, tally)
        form = browser.get("/accounts/login/code/")
        begun = time.monotonic()
        browser.send(form, "/accounts/login/code/", email=email)
        page = time.monotonic() - begun
        accepted = smtp.accepted_at(email, timeout=60)
        codes.append(Code(page, accepted - begun if accepted else None))
        time.sleep(1)
    return codes


def _report(codes: list[Code], before: int, after: int, tally: Tally) -> dict[str, Any]:
    delays = [code.mail for code in codes if code.mail is not None]
    slowest = max(delays, default=float("inf"))
    lost = len(codes) - len(delays)
    return {
        "delays": [round(delay, 2) for delay in delays],
        "median": round(statistics.median(delays), 2) if delays else None,
        "slowest": round(slowest, 2),
        "slowest_page": round(max(code.page for code in codes), 2),
        "codes_that_never_came": lost,
        "bulk_jobs_waiting_before": before,
        "bulk_jobs_waiting_after": after,
        "errors": tally.troubles[:5],
        "ok": not lost
        and slowest <= LIMIT_SECONDS
        and after > 0
        and not tally.troubles,
    }


def _print(report: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(report))
        return
    for name, value in report.items():
        print(f"{name.replace('_', ' '):<26} {value}")


if __name__ == "__main__":
    main()
