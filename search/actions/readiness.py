"""Readiness of search."""

from datetime import timedelta
from enum import StrEnum

from django.db.models import Min
from django.utils import timezone
from django.utils.translation import gettext as _

from operations.registry import ProbeResult
from search import engines
from search.engines.remote import ENGINE_ERRORS
from search.models import Delivery, IndexChange, IndexState

#: A change pending for longer means that the worker does not apply changes.
MAX_LAG = timedelta(hours=1)


class RemoteState(StrEnum):
    """State of an external engine."""

    ANSWERS = "answers"
    FILLING = "filling"
    UNAVAILABLE = "unavailable"


def probe() -> ProbeResult:
    """Check that changes reach the index and the engine.

    Rows that failed are not counted: they make single items stale, not the site
    unhealthy. An unavailable external engine is reported but healthy, as the embedded
    one answers. Anybody may read the message, so it has no numbers: how many items there
    are, and when that changes, tells of drafts and hidden groups.
    """
    serving = IndexState.objects.values_list("serving", flat=True).get()
    remote_words = _outside(serving)
    late = _is_late(IndexChange) or bool(remote_words and _is_late(Delivery))
    words = _("changes wait for more than an hour") if late else _("up to date")
    message = "; ".join(filter(None, (words, remote_words)))
    return ProbeResult(healthy=not late, message=message)


def _is_late(model: type[IndexChange] | type[Delivery]) -> bool:
    oldest = model.objects.filter(attempts=0).aggregate(at=Min("noted_at"))["at"]
    return oldest is not None and timezone.now() - oldest > MAX_LAG


def remote_state(remote: engines.RemoteEngine, serving: int) -> tuple[RemoteState, str]:
    """Return the state of the external engine, with its error if it is unavailable."""
    try:
        whole = remote.generations().get(serving)
    except ENGINE_ERRORS as error:
        return RemoteState.UNAVAILABLE, str(error)
    return (RemoteState.ANSWERS if whole else RemoteState.FILLING), ""


def _outside(serving: int) -> str:
    """Describe the external engine; empty without one."""
    remote = engines.remote()
    if remote is None:
        return ""
    words = {
        RemoteState.ANSWERS: _("{engine} answers"),
        RemoteState.FILLING: _("{engine} is being filled"),
        RemoteState.UNAVAILABLE: _("{engine} is unavailable"),
    }
    reached, _why = remote_state(remote, serving)
    return words[reached].format(engine=remote.name)
