"""Measurement of a test collection with the production analysis and query parser."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import fmean

from search.passages import split_text
from search.query import parse
from search.registry import Entry

from .collection import Collection, Document
from .metrics import CUTOFF, ndcg, percentile, recall
from .scratch import SOURCE, ScratchIndex, scratch


@dataclass(frozen=True, slots=True)
class Measurement:
    """Mean quality of the results of a collection, and response times."""

    engine: str
    documents: int
    queries: int
    ndcg: float
    recall: float
    p50_ms: float
    p95_ms: float

    def as_json(self) -> dict[str, str | int | float]:
        """Return the figures under their usual names."""
        return {
            "engine": self.engine,
            "documents": self.documents,
            "queries": self.queries,
            f"ndcg@{CUTOFF}": round(self.ndcg, 4),
            f"recall@{CUTOFF}": round(self.recall, 4),
            "p50_ms": round(self.p50_ms, 2),
            "p95_ms": round(self.p95_ms, 2),
        }


def measure(collection: Collection) -> Measurement:
    """Index the collection in a scratch generation, run its queries, and drop it."""
    with scratch() as held:
        held.index_entries(_entries(collection.documents))
        return _asked(collection, held)


def _entries(documents: Sequence[Document]) -> Iterator[Entry]:
    """Yield the documents as entries; keys are their positions."""
    for number, document in enumerate(documents):
        yield Entry(
            source=SOURCE,
            object_id=number,
            kind=SOURCE,
            title=document.title,
            path="",
            rule="",
            language="en",
            passages=tuple(split_text(document.text)),
        )


def _asked(collection: Collection, held: ScratchIndex) -> Measurement:
    seconds, gains, stem_weights = [], [], []
    for key, text in collection.queries.items():
        began = time.perf_counter()
        found = held.search(parse(text, per_page=CUTOFF))
        seconds.append(time.perf_counter() - began)
        ids = [collection.documents[number].id for number in found]
        gains.append(ndcg(ids, collection.judgements[key]))
        stem_weights.append(recall(ids, collection.judgements[key]))
    return Measurement(
        engine=held.engine,
        documents=len(collection.documents),
        queries=len(collection.queries),
        ndcg=fmean(gains),
        recall=fmean(stem_weights),
        p50_ms=percentile(seconds, 0.5) * 1000,
        p95_ms=percentile(seconds, 0.95) * 1000,
    )
