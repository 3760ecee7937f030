"""Changes to sessions and to their dates."""

from .errors import OccurrenceCancelledError, OccurrenceError, OccurrenceExistsError
from .occurrences import (
    OccurrenceDetails,
    cancel_occurrence,
    change_occurrence,
    plan_occurrence,
    reinstate_occurrence,
)
from .starting import start_session
from .times import refresh_times, roll_forward

__all__ = [
    "OccurrenceCancelledError",
    "OccurrenceDetails",
    "OccurrenceError",
    "OccurrenceExistsError",
    "cancel_occurrence",
    "change_occurrence",
    "plan_occurrence",
    "refresh_times",
    "reinstate_occurrence",
    "roll_forward",
    "start_session",
]
