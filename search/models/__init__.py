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

__all__ = [
    "CONCEALED",
    "MOST_PASSAGES",
    "POSITION_BITS",
    "Delivery",
    "Generation",
    "IndexChange",
    "IndexState",
    "IndexedItem",
    "ItemFacet",
    "Passage",
    "Word",
]
