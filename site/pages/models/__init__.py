"""The page tree: base page, home, listings, standard and group pages, topics."""

from .base import (
    BasePage,
    Contribution,
    Fact,
    Kind,
    PageTag,
    Plate,
    kinds,
    specific_relations,
)
from .groups import WorkingGroupIndex, WorkingGroupPage
from .home import HomePage, PeopleIndex, StandardPage
from .listings import Listing, ListingFilter, ListingPage
from .panels import TopicSelect
from .topics import Audience, Topic, TopicTree
from .workflow import SecondPairOfEyes

__all__ = [
    "Audience",
    "BasePage",
    "Contribution",
    "Fact",
    "HomePage",
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
