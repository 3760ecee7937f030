"""Errors of the actions. Their text is a sentence for the person who acts.

OccurrenceError
├── OccurrenceCancelledError
└── OccurrenceExistsError
"""

from django.utils.translation import gettext as _


class OccurrenceError(Exception):
    """A date of a session cannot be changed as asked."""


class OccurrenceCancelledError(OccurrenceError):
    """The date is cancelled."""

    def __str__(self) -> str:
        return _("This date is cancelled. Reinstate it before you change it.")


class OccurrenceExistsError(OccurrenceError):
    """The session has another date that starts at the same moment."""

    def __str__(self) -> str:
        return _("This session already has a date that starts at this time.")
