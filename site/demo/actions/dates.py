"""Dates of the demonstration's sessions, which move with the calendar."""

from collections.abc import Sequence

from wagtail.models import PageLogEntry

from learning.sessions.actions import (
    OccurrenceDetails,
    change_occurrence,
    plan_occurrence,
)
from learning.sessions.models import Occurrence, SessionPage

from .tally import Outcome, Tally

_KIND = str(Occurrence._meta.verbose_name)


def update_dates(
    session: SessionPage, wanted: Sequence[OccurrenceDetails], tally: Tally
) -> None:
    """Give a session its dates, in order; a later run moves them.

    Dates that a person planned, changed or cancelled are left alone, all of the session.
    """
    there = session.dates
    if _changed_by_a_person(session):
        for _each in there:
            tally.add(Outcome.KEPT, _KIND)
        return
    for number, details in enumerate(wanted):
        if number < len(there):
            tally.add(_moved(there[number], details), _KIND)
        else:
            plan_occurrence(session=session, details=details)
            tally.add(Outcome.CREATED, _KIND)


def _moved(occurrence: Occurrence, details: OccurrenceDetails) -> Outcome:
    before = OccurrenceDetails.of(occurrence)
    change_occurrence(occurrence=occurrence, details=details, correction=True)
    occurrence.refresh_from_db()
    changed = OccurrenceDetails.of(occurrence) != before
    return Outcome.UPDATED if changed else Outcome.UNCHANGED


def _changed_by_a_person(session: SessionPage) -> bool:
    lines = PageLogEntry.objects.filter(page=session.pk, user__isnull=False)
    return lines.filter(action__startswith="learning_sessions.").exists()
