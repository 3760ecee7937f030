"""Dates of sessions: an import matches them with the rows of earlier imports.

A date that the library moved is moved here; one that somebody changed or cancelled here is
left as it is; none is deleted, doubled or reinstated.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from importing.library import Problem
from importing.models import ImportedItem
from importing.planning import Plan
from importing.report import Report
from learning.sessions.actions import (
    OccurrenceDetails,
    OccurrenceExistsError,
    change_occurrence,
    plan_occurrence,
)
from learning.sessions.models import Occurrence, SessionPage, to_utc

from .ledger import Ledger
from .rows import mark_of

_KEY = "#date:"


@dataclass
class SessionDates:
    """Writes the dates of sessions, and records each in the ledger."""

    ledger: Ledger
    report: Report
    overwrite: bool = False

    def __post_init__(self) -> None:
        self._rows: dict[str, list[ImportedItem]] = defaultdict(list)
        for row in self.ledger.rows.values():
            item_id, mark, _number = row.item_id.partition(_KEY)
            if mark:
                self._rows[item_id].append(row)

    def write(self, page: Any, plan: Plan) -> None:
        """Give a session the dates of its plan; other pages have none."""
        if not isinstance(page, SessionPage):
            return
        wanted = _wanted(plan)
        known = self._known(page, plan)
        for details, row in _matched(wanted, list(known)):
            if row is None:
                self._create(page, plan, details)
            else:
                self._change(row, known[row], plan, details)
        page.read_times()

    def _known(self, page: SessionPage, plan: Plan) -> dict[Occurrence, ImportedItem]:
        """Return the dates that earlier imports made, with their rows of the ledger."""
        rows = {row.object_id: row for row in self._rows[plan.id]}
        dates = Occurrence.objects.filter(session=page.pk, pk__in=rows)
        return {each: rows[each.pk] for each in dates}

    def _create(
        self, page: SessionPage, plan: Plan, details: OccurrenceDetails
    ) -> None:
        try:
            made = plan_occurrence(session=page, details=details)
        except OccurrenceExistsError:  # somebody planned it here before
            return
        self._record(made, plan)

    def _change(
        self,
        occurrence: Occurrence,
        row: ImportedItem,
        plan: Plan,
        details: OccurrenceDetails,
    ) -> None:
        edited = mark_of(occurrence) != row.mark
        if occurrence.cancelled or (edited and not self.overwrite):
            said = _("Its date of {day} was changed here since, and stays as it is.")
            self._note(plan, said.format(day=occurrence.first_day.isoformat()))
            return
        kept = replace(details, capacity=occurrence.capacity, note=occurrence.note)
        try:
            changed = change_occurrence(occurrence=occurrence, details=kept)
        except OccurrenceExistsError:
            said = _("Its date of {day} was planned here already.")
            self._note(plan, said.format(day=details.first_day.isoformat()))
        else:
            self._record(changed, plan)

    def _note(self, plan: Plan, said: str) -> None:
        self.report.notes.append(Problem(plan.id, said))

    def _record(self, occurrence: Occurrence, plan: Plan) -> None:
        key = f"{plan.id}{_KEY}{occurrence.public_id}"
        self.ledger.record([(key, occurrence, "", mark_of(occurrence))])


def _wanted(plan: Plan) -> list[OccurrenceDetails]:
    return [
        _details(plan, dt.datetime.fromisoformat(begin), dt.datetime.fromisoformat(end))
        for begin, end in plan.fields["dates"]
    ]


def _details(plan: Plan, begin: dt.datetime, end: dt.datetime) -> OccurrenceDetails:
    place = plan.fields["place"]
    recorded = Occurrence.Recorded
    return OccurrenceDetails(
        first_day=begin.date(),
        last_day=end.date(),
        start_time=begin.time(),
        end_time=end.time(),
        zone=plan.fields["zone"],
        online=not place,
        place=place,
        recorded=recorded.YES if plan.fields["recorded"] else recorded.UNDECIDED,
    )


def _matched(
    wanted: Sequence[OccurrenceDetails], known: Sequence[Occurrence]
) -> list[tuple[OccurrenceDetails, Occurrence | None]]:
    """Pair each planned date with the row of the same time, else with a row left over.

    Rows that remain belong to dates that the library no longer has; they stay.
    """
    by_start = {each.starts_at: each for each in known}
    same = [(each, by_start.pop(_starts_at(each), None)) for each in wanted]
    left = iter(by_start.values())
    return [(each, row or next(left, None)) for each, row in same]


def _starts_at(details: OccurrenceDetails) -> dt.datetime:
    wall = dt.datetime.combine(details.first_day, details.start_time or dt.time())
    return to_utc(wall, details.zone)
