"""The page tree: base page, home, listings, group pages, topics."""

from .base import (
    BasePage,
    Contribution,
    PageTag,
    kinds,
    specific_relations,
)
from .card import Fact, Kind, Plate
from .groups import WorkingGroupIndex, WorkingGroupPage
from .listings import Listing, ListingFilter, ListingPage
from .panels import TopicSelect
from .standard import PeopleIndex, StandardPage
from .topics import Audience, Topic, TopicTree
from .workflow import SecondPairOfEyes

__all__ = [
    "Audience",
    "BasePage",
    "Contribution",
    "Fact",
    "Kind",
    "Listing",
    "ListingFilter",
    "ListingPage",
    "PageTag",
    "PeopleIndex",
    "Plate",
    "SecondPairOfEyes",
    "StandardPage",
    "Topic",
    "TopicSelect",
    "TopicTree",
    "WorkingGroupIndex",
    "WorkingGroupPage",
    "kinds",
    "specific_relations",
]
