"""Edits while the indexer is killed, and while the search engine is down: is anything lost?

    python -m benchmarks.edits kill             2,000 edits, the indexer killed 50 times
    .ci/with-opensearch python -m benchmarks.edits outage      600 edits, down for 200

Exits with 1 if a save failed, or if the index differs from the database at the end. The engine
itself keeps running; a relay in front of it closes its connections.
"""

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import django

from .measured_site import ROOT, as_development, build, environment, say
from .tcp_proxy import Relay

FOLDER = ROOT / "var" / "edits"
#: The indexer is killed within so many seconds of its start.
LONGEST_RUN = 1.5
_INDEXER = (
    "import time\n"
    "from search import jobs\n"
    "print('started', flush=True)\n"
    "while True:\n"
    "    jobs.apply_changes()\n"
    "    time.sleep(0.02)\n"
)


def main() -> None:
    wanted = _arguments()
    shutil.rmtree(wanted.folder, ignore_errors=True)
    env = as_development(environment(wanted.folder, ""))
    build({**env, "SEARCH_URL": ""})
    relay = _relay_to_engine() if wanted.trial == "outage" else None
    env |= {"SEARCH_URL": relay.url if relay else ""}
    os.environ.update(env)
    django.setup()
    began = time.monotonic()
    if relay:
        with relay:
            told = _outage(wanted, env, relay)
    else:
        told = _kill(wanted, env)
    told["seconds"] = round(time.monotonic() - began, 1)
    print(json.dumps(told) if wanted.json else _as_text(told))
    sys.exit(1 if told["failed_saves"] or told["differences"] else 0)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks.edits", description=__doc__)
    parser.add_argument("trial", choices=("kill", "outage"))
    parser.add_argument("--edits", type=int, default=0, help="0: 2,000, or 600")
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=random.randrange(1_000_000))
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--folder", type=Path, default=FOLDER, help="emptied first")
    return parser.parse_args()


def _kill(wanted: argparse.Namespace, env: dict[str, str]) -> dict[str, Any]:
    """Edit in this process while another one that indexes is killed and restarted."""
    chance = random.Random(wanted.seed)
    kills = threading.Thread(
        target=_kill_often, args=(env, wanted.kills, random.Random(wanted.seed + 1))
    )
    kills.start()
    failed = _edit(wanted.edits or 2_000, chance, until=lambda: not kills.is_alive())
    kills.join()
    return {"kills": wanted.kills, "seed": wanted.seed, **failed, **_compared()}


def _kill_often(env: dict[str, str], times: int, chance: random.Random) -> None:
    for number in range(times):
        indexer = _start_indexer(env)
        time.sleep(chance.uniform(0, LONGEST_RUN))
        os.kill(indexer.pid, signal.SIGKILL)
        indexer.wait()
        say(f"killed {number + 1} of {times}")


def _start_indexer(env: dict[str, str]) -> "subprocess.Popen[str]":
    command = [sys.executable, "manage.py", "shell", "-v", "0", "--command", _INDEXER]
    indexer = subprocess.Popen(
        command,
        env=env,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert indexer.stdout is not None
    while "started" not in indexer.stdout.readline():
        assert indexer.poll() is None, "the indexer does not start"
    return indexer


def _outage(
    wanted: argparse.Namespace, env: dict[str, str], relay: Relay
) -> dict[str, Any]:
    """Make a third of the edits with the engine, a third without, a third with it again."""
    chance, third = random.Random(wanted.seed), (wanted.edits or 600) // 3
    indexer = _start_indexer(env)
    failed = 0
    try:
        for down in (False, True, False):
            relay.set_down(down=down)
            failed += _edit(third, chance)["failed_saves"]
        caught_up = _caught_up()
    finally:
        indexer.kill()
        indexer.wait()
    told = {"edits": 3 * third, "failed_saves": failed, "caught_up_seconds": caught_up}
    return {"seed": wanted.seed, **told, **_compared()}


def _relay_to_engine() -> Relay:
    url = os.environ.get("SEARCH_TEST_URL")
    if not url:
        sys.exit("SEARCH_TEST_URL names no engine; .ci/with-opensearch starts one.")
    return Relay(url)


def _edit(
    times: int, chance: random.Random, until: Any = lambda: True
) -> dict[str, int]:
    """Make that many edits, and more until `until` is true; return how many failed."""
    from .editing import Editor  # noqa: PLC0415  (models are loaded now)

    editor, done, failed = Editor(chance), 0, 0
    while done < times or not until():
        done += 1
        try:
            editor.edit(done)
        except Exception as error:  # any error counts as a failed save
            failed += 1
            say(f"{type(error).__name__}: {error}")
        if done % 100 == 0:
            say(f"{done} edits")
    return {"edits": done, "failed_saves": failed}


def _caught_up(longest: float = 180) -> float:
    """Wait until no change and no delivery is pending; return the seconds that took."""
    from search.models import Delivery, IndexChange  # noqa: PLC0415

    began = time.monotonic()
    while IndexChange.objects.exists() or Delivery.objects.exists():
        if time.monotonic() - began > longest:
            break
        time.sleep(0.2)
    return round(time.monotonic() - began, 1)


def _compared() -> dict[str, int]:
    """Apply what is pending, then count the differences of index and engine."""
    from search import actions  # noqa: PLC0415

    actions.apply_changes()
    actions.deliver()
    found, outside = actions.compare(), actions.compare_remote()
    beyond = len(outside.differing) if outside else 0
    return {"compared": found.compared, "differences": found.count + beyond}


def _as_text(told: dict[str, Any]) -> str:
    return "\n".join(
        f"{name.replace('_', ' ')}: {value}" for name, value in told.items()
    )


if __name__ == "__main__":
    main()
