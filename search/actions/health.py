"""Whether search is well."""

from datetime import timedelta

from django.db.models import Min
from django.utils import timezone
from django.utils.translation import gettext as _

from everydoor.operations.actions import Finding
from search import engines
from search.engines.remote import ENGINE_ERRORS
from search.models import Delivery, IndexChange, IndexState

#: A change that waits longer than this says that nobody applies changes.
LONGEST_LAG = timedelta(hours=1)


def probe() -> Finding:
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
    return Finding(well=not late, words="; ".join(filter(None, (words, told))))


def _is_late(model: type[IndexChange] | type[Delivery]) -> bool:
    oldest = model.objects.filter(attempts=0).aggregate(at=Min("noted_at"))["at"]
    return oldest is not None and timezone.now() - oldest > LONGEST_LAG


def _outside(serving: int) -> str:
    """How the engine outside the database is; nothing where there is none."""
    remote = engines.remote()
    if remote is None:
        return ""
    waiting = Delivery.objects.count()
    try:
        if remote.generations().get(serving):
            answers = _("{engine} answers, {waiting} deliveries waiting")
        else:
            answers = _("{engine} is being filled, {waiting} deliveries waiting")
    except ENGINE_ERRORS:
        answers = _("{engine} is away, {waiting} deliveries waiting")
    return answers.format(engine=remote.name, waiting=waiting)
