"""Queries and requests per second of each kind of page, with 3,500 items and one web worker.

Exits with 1 if a page takes more than 25 queries, or answers with an error.
"""

import argparse
import json
import os
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import django

from .measured_site import CORPUS, ITEMS, ROOT, environment, prepare, say
from .serving import ask, free_port, one_web_worker, running

MOST_QUERIES = 25
FOLDER = ROOT / "var" / "bench"
MEMBER = "lead@example.org"


@dataclass
class Row:
    """The measurement of one page for one reader."""

    page: str
    reader: str
    path: str
    status: int
    queries: int
    per_second: float
    p50_ms: float
    p95_ms: float
    errors: int

    @property
    def bad(self) -> bool:
        return self.queries > MOST_QUERIES or self.errors > 0 or self.status >= 500

    def __str__(self) -> str:
        mark = "  ← too many" if self.bad else ""
        return (
            f"{self.page:<24} {self.reader:<8} {self.status:>3} {self.queries:>8} "
            f"{self.per_second:>11.1f} {self.p50_ms:>8.1f} {self.p95_ms:>8.1f}{mark}"
        )


def main() -> None:
    wanted = _arguments()
    env = environment(wanted.folder, "everydoor.settings.production")
    prepare(env, wanted.corpus, wanted.items)
    os.environ.update(env)
    django.setup()
    from .places import Readers, places  # noqa: PLC0415  (models are loaded now)

    readers = Readers.of(MEMBER)
    found = {name: path for name, path in places(MEMBER).items() if wanted.only in name}
    port = free_port()
    rows = []
    with running(one_web_worker(port), env, port, wanted.folder / "web.log"):
        for name, path in found.items():
            for reader in ("visitor", "member"):
                readers.now = reader
                rows.append(_measure(readers, port, name, path, wanted))
                say(str(rows[-1]))
    _tell(rows, readers.items(), wanted)
    sys.exit(1 if any(row.bad for row in rows) else 0)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks.pages", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--seconds", type=float, default=1.5, help="for each row")
    parser.add_argument("--requests", type=int, default=200, help="at most, each row")
    parser.add_argument("--clients", type=int, default=4, help="at the same time")
    parser.add_argument("--only", default="", help="pages whose name contains this")
    parser.add_argument("--folder", type=Path, default=FOLDER, help="its database")
    parser.add_argument("--items", type=int, default=ITEMS, help="if made up")
    parser.add_argument("--corpus", type=Path, default=CORPUS, help="a real library")
    return parser.parse_args()


def _measure(readers: Any, port: int, name: str, path: str, wanted: Any) -> Row:
    status, queries = readers.count(path)
    asked = ask(
        port,
        path,
        cookie=readers.cookie,
        clients=wanted.clients,
        requests=wanted.requests,
        limit=wanted.seconds,
    )
    return Row(
        page=name,
        reader=readers.now,
        path=path,
        status=status,
        queries=queries,
        per_second=round(asked.per_second, 1),
        p50_ms=round(asked.milliseconds(0.5), 1),
        p95_ms=round(asked.milliseconds(0.95), 1),
        errors=asked.errors,
    )


def _tell(rows: list[Row], items: int, wanted: argparse.Namespace) -> None:
    if wanted.json:
        ok = not any(row.bad for row in rows)
        told = {"items": items, "rows": [asdict(row) for row in rows], "ok": ok}
        print(json.dumps(told, ensure_ascii=False))
        return
    print(f"\n{items:,} items, one web worker, {wanted.clients} clients at once")
    print(f"{'page':<24} {'reader':<8} code queries  requests/s   p50 ms   p95 ms")
    for row in rows:
        print(row)
    worst = max(rows, key=lambda row: row.queries)
    print(f"\nMost queries: {worst.queries} ({worst.page}, {worst.reader}).")


if __name__ == "__main__":
    main()
