"""Planning, changing, cancelling and reinstating a date of a session.

Each action takes effect at once, for a published session too, and adds a line to the
history of its page.
"""

import datetime as dt
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from wagtail.log_actions import log
from wagtail.models import Page

from learning.sessions.models import Occurrence, SessionPage, site_zone

from .errors import OccurrenceCancelledError, OccurrenceExistsError
from .times import refresh_times

if TYPE_CHECKING:
    from people.models import User


@dataclass(frozen=True, kw_only=True)
class OccurrenceDetails:
    """What an editor says of a date. Without times it lasts whole days.

    The days and times are those of the zone's clocks. Without `last_day` it ends on its
    first day; without `capacity` there is no limit.
    """

    first_day: dt.date
    last_day: dt.date | None = None
    start_time: dt.time | None = None
    end_time: dt.time | None = None
    zone: str = ""
    online: bool = True
    place: str = ""
    capacity: int | None = None
    recorded: str = Occurrence.Recorded.UNDECIDED
    note: str = ""

    @classmethod
    def of(cls, occurrence: Occurrence) -> "OccurrenceDetails":
        """Return the details of a date that exists."""
        names = cls.__dataclass_fields__
        return cls(**{name: getattr(occurrence, name) for name in names})

    def values(self) -> dict[str, Any]:
        """Return the fields of an occurrence."""
        return asdict(self) | {
            "last_day": self.last_day or self.first_day,
            "zone": self.zone or site_zone(),
        }


@transaction.atomic
def plan_occurrence(
    *, session: SessionPage, details: OccurrenceDetails, by: "User | None" = None
) -> Occurrence:
    """Add a date to a session.

    Raises OccurrenceExistsError where it has one at that time that is not cancelled.
    """
    _lock(session.pk)
    planned = Occurrence(session=session, **details.values())
    _save(planned)
    _settle(planned, "plan", by)
    return planned


@transaction.atomic
def change_occurrence(
    *,
    occurrence: Occurrence,
    details: OccurrenceDetails,
    correction: bool = False,
    by: "User | None" = None,
) -> Occurrence:
    """Change a date, and return the changed row.

    A date of a published session that starts at another time becomes *moved*, unless it is
    a correction. Nothing is written or logged where nothing differs. Raises
    OccurrenceCancelledError for a cancelled date, and OccurrenceExistsError where the
    session has another one at that time.
    """
    _lock(occurrence.session_id)
    changed = _current(occurrence)
    if changed.cancelled:
        raise OccurrenceCancelledError
    started_at, before = changed.starts_at, OccurrenceDetails.of(changed)
    for name, value in details.values().items():
        setattr(changed, name, value)
    if OccurrenceDetails.of(changed) == before:
        return changed
    changed.compute_utc()
    moved = changed.starts_at != started_at and changed.session.live
    if moved and not correction:
        changed.status = Occurrence.Status.MOVED
    _save(changed)
    _settle(changed, "change", by)
    return changed


@transaction.atomic
def cancel_occurrence(
    *, occurrence: Occurrence, by: "User | None" = None
) -> Occurrence:
    """Cancel a date. It stays on the page, marked as cancelled. Idempotent."""
    _lock(occurrence.session_id)
    cancelled = _current(occurrence)
    if not cancelled.cancelled:
        cancelled.status = Occurrence.Status.CANCELLED
        _save(cancelled)
        _settle(cancelled, "cancel", by)
    return cancelled


@transaction.atomic
def reinstate_occurrence(
    *, occurrence: Occurrence, by: "User | None" = None
) -> Occurrence:
    """Undo the cancellation of a date. Idempotent.

    Raises OccurrenceExistsError where the session got another date at that time meanwhile.
    """
    _lock(occurrence.session_id)
    planned = _current(occurrence)
    if planned.cancelled:
        planned.status = Occurrence.Status.PLANNED
        _save(planned)
        _settle(planned, "reinstate", by)
    return planned


def _lock(session_id: int) -> None:
    """Lock the page, as its edit form does, until the transaction is over."""
    rows = Page.objects.select_for_update().filter(pk=session_id)
    rows.values_list("pk", flat=True).first()


def _current(occurrence: Occurrence) -> Occurrence:
    return Occurrence.objects.select_related("session").get(pk=occurrence.pk)


def _save(occurrence: Occurrence) -> None:
    """Save the row, and turn a violated unique constraint into its own error."""
    try:
        with transaction.atomic():
            occurrence.save()
    except IntegrityError as error:
        same_time = Occurrence.objects.not_cancelled().filter(
            session=occurrence.session_id, starts_at=occurrence.starts_at
        )
        if same_time.exclude(pk=occurrence.pk).exists():
            raise OccurrenceExistsError from error
        raise


def _settle(occurrence: Occurrence, verb: str, by: "User | None") -> None:
    refresh_times(session_id=occurrence.session_id)
    log(
        instance=occurrence.session,
        action=f"learning_sessions.{verb}_date",
        user=by,
        data={"date": occurrence.public_id, "when": str(occurrence)},
    )
