"""How good an answer is, and how quick."""

import math
from collections.abc import Mapping, Sequence

#: How many results are looked at: a page.
CUTOFF = 10


def ndcg(found: Sequence[str], judged: Mapping[str, int]) -> float:
    """nDCG at 10 with linear gain (Järvelin and Kekäläinen 2002): 1 where the best documents
    stand first, 0 where none of them is on the page."""
    gains = [judged.get(each, 0) for each in found[:CUTOFF]]
    best = sorted(judged.values(), reverse=True)[:CUTOFF]
    return _discounted(gains) / _discounted(best)


def recall(found: Sequence[str], judged: Mapping[str, int]) -> float:
    """The share of all right documents that is among the first 10."""
    right = {key for key, score in judged.items() if score > 0}
    return len(right.intersection(found[:CUTOFF])) / len(right)


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest of the values that no more than `share` of them stay under (nearest
    rank); 0 where there is none."""
    ordered = sorted(values)
    rank = max(math.ceil(share * len(ordered)), 1)
    return ordered[rank - 1] if ordered else 0.0


def _discounted(gains: Sequence[int]) -> float:
    return sum(gain / math.log2(rank + 2) for rank, gain in enumerate(gains))
