"""How good: public test collections, through the production analysis and query plan."""

import argparse
from typing import Any

from search.evaluation import measure as measured
from search.evaluation import read


def measure(wanted: argparse.Namespace) -> list[dict[str, Any]]:
    """A row for each collection beside the corpus."""
    folder = wanted.corpus.parent / "ir"
    return [
        {"collection": name, **measured(read(folder / name)).as_json()}
        for name in ("scifact", "medline")
    ]
