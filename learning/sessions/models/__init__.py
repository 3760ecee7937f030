"""Sessions, the dates on which they happen, and the series they belong to."""

from .occurrences import Occurrence
from .series import Series
from .sessions import SessionPage, Speaker
from .wall_time import is_repeated, is_skipped, to_utc
from .zones import site_zone, zone_choices, zone_name

__all__ = [
    "Occurrence",
    "Series",
    "SessionPage",
    "Speaker",
    "is_repeated",
    "is_skipped",
    "site_zone",
    "to_utc",
    "zone_choices",
    "zone_name",
]
