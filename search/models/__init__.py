"""What search holds: items with facets and passages, words, and the changes to come."""

from .beginnings import begins
from .changes import Delivery, IndexChange
from .items import (
    CARD,
    CONCEALED,
    FIRST_PLACE,
    MOST_PASSAGES,
    POSITION_BITS,
    WHOLE,
    Facet,
    IndexedItem,
    ItemFacet,
    Passage,
    Word,
)
from .state import SCRATCH, Generation, IndexState
from .terms import FEWEST_SEARCHES, LONGEST_TERM, SearchTerm

__all__ = [
    "CARD",
    "CONCEALED",
    "FEWEST_SEARCHES",
    "FIRST_PLACE",
    "LONGEST_TERM",
    "MOST_PASSAGES",
    "POSITION_BITS",
    "SCRATCH",
    "WHOLE",
    "Delivery",
    "Facet",
    "Generation",
    "IndexChange",
    "IndexState",
    "IndexedItem",
    "ItemFacet",
    "Passage",
    "SearchTerm",
    "Word",
    "begins",
]
