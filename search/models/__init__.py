"""What search holds: items with facets and passages, words, and the changes to come."""

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
    Word,
)
from .state import Generation, IndexState

__all__ = [
    "CARD",
    "CONCEALED",
    "FIRST_PLACE",
    "MOST_PASSAGES",
    "POSITION_BITS",
    "WHOLE",
    "Delivery",
    "Generation",
    "IndexChange",
    "IndexState",
    "IndexedItem",
    "ItemFacet",
    "Passage",
    "Word",
]
