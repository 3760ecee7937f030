"""What search holds: items with facets and passages, words, and the changes to come."""

from .changes import Delivery, IndexChange
from .items import (
    CONCEALED,
    MOST_PASSAGES,
    POSITION_BITS,
    IndexedItem,
    ItemFacet,
    Passage,
    Word,
)
from .state import Generation, IndexState
from .terms import FEWEST_SEARCHES, LONGEST_TERM, SearchTerm

__all__ = [
    "CONCEALED",
    "FEWEST_SEARCHES",
    "LONGEST_TERM",
    "MOST_PASSAGES",
    "POSITION_BITS",
    "Delivery",
    "Generation",
    "IndexChange",
    "IndexState",
    "IndexedItem",
    "ItemFacet",
    "Passage",
    "SearchTerm",
    "Word",
]
