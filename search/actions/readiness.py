"""Whether search is well."""

from datetime import timedelta
from enum import StrEnum

from django.db.models import Min
from django.utils import timezone
from django.utils.translation import gettext as _

from operations.registry import ProbeResult
from search import engines
from search.engines.remote import ENGINE_ERRORS
from search.models import Delivery, IndexChange, IndexState

#: A change that waits longer than this says that nobody applies changes.
LONGEST_LAG = timedelta(hours=1)


class Reach(StrEnum):
    """How an engine outside the database is."""

    ANSWERS = "answers"
    FILLING = "filling"
    AWAY = "away"


def probe() -> ProbeResult:
    """The engine answers, and changes reach it. Items that could not be read are put off
    and do not count: they make one item stale, not the house unwell. An engine outside the
    database may be away: it is said, and the house is well, as the embedded one stands in.
    """
    serving = IndexState.objects.values_list("serving", flat=True).get()
    items = engines.embedded().size(serving).items
    words = _("{items} items held, {waiting} changes waiting").format(
        items=items, waiting=IndexChange.objects.count()
    )
    told = _outside(serving)
    late = _is_late(IndexChange) or bool(told and _is_late(Delivery))
    message = "; ".join(filter(None, (words, told)))
    return ProbeResult(healthy=not late, message=message)


def _is_late(model: type[IndexChange] | type[Delivery]) -> bool:
    oldest = model.objects.filter(attempts=0).aggregate(at=Min("noted_at"))["at"]
    return oldest is not None and timezone.now() - oldest > LONGEST_LAG


def reach(remote: engines.RemoteEngine, serving: int) -> tuple[Reach, str]:
    """Whether the engine outside the database answers for the generation that is served;
    and what it said, where it does not."""
    try:
        whole = remote.generations().get(serving)
    except ENGINE_ERRORS as error:
        return Reach.AWAY, str(error)
    return (Reach.ANSWERS if whole else Reach.FILLING), ""


def _outside(serving: int) -> str:
    """How the engine outside the database is; nothing where there is none."""
    remote = engines.remote()
    if remote is None:
        return ""
    words = {
        Reach.ANSWERS: _("{engine} answers, {waiting} deliveries waiting"),
        Reach.FILLING: _("{engine} is being filled, {waiting} deliveries waiting"),
        Reach.AWAY: _("{engine} is away, {waiting} deliveries waiting"),
    }
    reached, _why = reach(remote, serving)
    return words[reached].format(engine=remote.name, waiting=Delivery.objects.count())
