"""Page types and what belongs to every page: topics, audiences, listings, workflow."""

from .base import (
    BasePage,
    Contribution,
    PageTag,
)
from .edit_form import TopicSelect
from .groups import WorkingGroupIndex, WorkingGroupPage
from .kinds import kinds, specific_relations
from .listings import Listing, ListingFilter, ListingPage
from .row import Fact, Kind, Plate
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
