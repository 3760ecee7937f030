"""Models of the index: items with facets and passages, vocabulary, and pending changes."""

from .changes import Delivery, IndexChange
from .items import (
    CARD,
    CONCEALED,
    FIRST_PLACE,
    MOST_PASSAGES,
    POSITION_BITS,
    WHOLE,
    IndexedItem,
    ItemFacet,
    Passage,
    StoredFacet,
    Word,
)
from .prefixes import starts_with
from .state import SCRATCH, Generation, IndexState
from .terms import FEWEST_PEOPLE, LONGEST_TERM, CountedSearch, SearchTerm

__all__ = [
    "CARD",
    "CONCEALED",
    "FEWEST_PEOPLE",
    "FIRST_PLACE",
    "LONGEST_TERM",
    "MOST_PASSAGES",
    "POSITION_BITS",
    "SCRATCH",
    "WHOLE",
    "CountedSearch",
    "Delivery",
    "Generation",
    "IndexChange",
    "IndexState",
    "IndexedItem",
    "ItemFacet",
    "Passage",
    "SearchTerm",
    "StoredFacet",
    "Word",
    "starts_with",
]
