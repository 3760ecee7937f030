"""Search: quality, latency and time of a rebuild, compared with Wagtail's own search.

    python -m benchmarks.search quality            SciFact and Medline, as search_eval does
    python -m benchmarks.search latency            imported and synthetic libraries
    python -m benchmarks.search rebuild            beside update_index, over the same pages

The engine is the one that the environment names: SQLite; PostgreSQL by
`.ci/with-postgres python -m benchmarks.search …`; OpenSearch by `.ci/with-opensearch
python -m benchmarks.search …`. See `benchmarks.edits` for losses when the indexer is
killed or the engine is unavailable (none), and `benchmarks.typos` for corrections.
"""

import argparse
import json
import os
from pathlib import Path
from typing import Any

import django

from .measured_site import CORPUS, ITEMS, ROOT, environment, prepare

FOLDER = ROOT / "var" / "searching"


def main() -> None:
    wanted = _arguments()
    os.environ.update(_ground(wanted))
    django.setup()
    # Models are loaded now.
    from .searching import latency, quality, rebuilding  # noqa: PLC0415

    parts = {"quality": quality, "latency": latency, "rebuild": rebuilding}
    rows = parts[wanted.part].measure(wanted)
    print(json.dumps(rows) if wanted.json else _table(rows))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks.search", description=__doc__)
    parser.add_argument("part", choices=("quality", "latency", "rebuild"))
    parser.add_argument("--json", action="store_true", help="print one JSON array")
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--queries", type=int, default=300)
    parser.add_argument("--passages", type=int, nargs="*", default=[34_000, 200_000])
    parser.add_argument("--folder", type=Path, default=FOLDER, help="its database")
    parser.add_argument("--corpus", type=Path, default=CORPUS, help="a real library")
    parser.add_argument("--items", type=int, default=ITEMS, help="if made up")
    return parser.parse_args()


def _ground(wanted: argparse.Namespace) -> dict[str, str]:
    """Prepare a database with the library: that of DATABASE_URL, if it is set."""
    given = {"DATABASE_URL": os.environ.get("DATABASE_URL", "")}
    env = environment(wanted.folder, "everydoor.settings.production")
    env |= {name: value for name, value in given.items() if value}
    env |= {"SEARCH_URL": ""}
    marker = wanted.folder / "library-is-there"
    if given["DATABASE_URL"]:
        marker.unlink(missing_ok=True)
    prepare(env, wanted.corpus, wanted.items)
    return env | {"SEARCH_URL": os.environ.get("SEARCH_TEST_URL", "")}


def _table(rows: list[dict[str, Any]]) -> str:
    lines = []
    for row in rows:
        told = "   ".join(f"{name} {value}" for name, value in row.items())
        lines.append(told)
    return "\n".join(lines)


if __name__ == "__main__":
    main()
