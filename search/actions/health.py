"""Whether search is well."""

from datetime import timedelta

from django.db.models import Min
from django.utils import timezone
from django.utils.translation import gettext as _

from everydoor.operations.actions import Finding
from search import engines
from search.models import IndexChange, IndexState

#: A change that waits longer than this says that nobody applies changes.
LONGEST_LAG = timedelta(hours=1)


def probe() -> Finding:
    """The engine answers, and changes reach it. Items that could not be read are put off
    and do not count: they make one item stale, not the house unwell."""
    serving = IndexState.objects.values_list("serving", flat=True).get()
    items = engines.embedded().size(serving).items
    fresh = IndexChange.objects.filter(attempts=0)
    oldest = fresh.aggregate(at=Min("noted_at"))["at"]
    words = _("{items} items held, {waiting} changes waiting").format(
        items=items, waiting=IndexChange.objects.count()
    )
    late = oldest is not None and timezone.now() - oldest > LONGEST_LAG
    return Finding(well=not late, words=words)
