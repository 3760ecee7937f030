"""Metrics of relevance and of response times.

nDCG and recall equal those of trec_eval, see decision 59.
"""

import math
from collections.abc import Mapping, Sequence

#: Number of results considered: one page.
CUTOFF = 10


def ndcg(found: Sequence[str], judged: Mapping[str, int]) -> float:
    """Return nDCG at 10 with linear gain (Järvelin and Kekäläinen 2002).

    1 if the most relevant documents come first, 0 if no relevant one is on the page.
    """
    gains = [judged.get(each, 0) for each in found[:CUTOFF]]
    best = sorted(judged.values(), reverse=True)[:CUTOFF]
    return _discounted(gains) / _discounted(best)


def recall(found: Sequence[str], judged: Mapping[str, int]) -> float:
    """Return the share of all relevant documents among the first 10 results."""
    right = {key for key, score in judged.items() if score > 0}
    return len(right.intersection(found[:CUTOFF])) / len(right)


def percentile(values: Sequence[float], share: float) -> float:
    """Return the nearest-rank percentile, or 0 without values."""
    ordered = sorted(values)
    rank = max(math.ceil(share * len(ordered)), 1)
    return ordered[rank - 1] if ordered else 0.0


def _discounted(gains: Sequence[int]) -> float:
    return sum(gain / math.log2(rank + 2) for rank, gain in enumerate(gains))
