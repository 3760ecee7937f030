"""Quality on public test collections, with the analysis and the queries of production."""

import argparse
from typing import Any

from search.evaluation import measure as measured
from search.evaluation import read


def measure(wanted: argparse.Namespace) -> list[dict[str, Any]]:
    """Return a row for each collection beside the corpus."""
    folder = wanted.corpus.parent / "ir"
    return [
        {"collection": name, **measured(read(folder / name)).as_json()}
        for name in ("scifact", "medline")
    ]
