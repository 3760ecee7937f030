"""Which engine answers: the one outside the database, or the embedded one in its place."""

import logging
import time
from dataclasses import replace

from elasticsearch import BadRequestError, NotFoundError

from search.models import CONCEALED, Delivery, IndexedItem, IndexState
from search.query import Query

from .base import Answer, Engine, ItemKey
from .remote import ENGINE_ERRORS, RemoteEngine

log = logging.getLogger(__name__)

#: With more items than this to leave out, the embedded engine is quicker.
MAX_HIDDEN = 1_000
#: For so long an engine that failed is not asked again by this process.
BACKOFF_SECONDS = 10.0

#: By address: until when an engine is left alone, in seconds of the monotonic clock.
_unavailable_until: dict[str, float] = {}


def search(
    query: Query,
    rules: frozenset[str],
    *,
    embedded: Engine,
    remote: RemoteEngine | None,
) -> Answer:
    """The answer of the engine outside the database, if there is one and it can answer; of
    the embedded one otherwise. What either may not know yet of who sees what is left out."""
    generation = IndexState.served()
    fallback = False
    if remote is not None:
        hidden = _hidden(generation)
        if len(hidden) <= MAX_HIDDEN:
            answer = _search(remote, query, rules, generation, hidden)
            if answer is not None:
                return replace(answer, engine=remote.name)
            fallback = True
    answer = embedded.search(query, rules, generation=generation)
    return replace(answer, engine=embedded.name, fallback=fallback)


def _search(
    remote: RemoteEngine,
    query: Query,
    rules: frozenset[str],
    generation: int,
    hidden: frozenset[ItemKey],
) -> Answer | None:
    if time.monotonic() < _unavailable_until.get(remote.url, 0.0):
        return None
    try:
        return remote.search(query, rules, generation=generation, hidden=hidden)
    except NotFoundError:  # it is there, but not whole yet
        return None
    except ENGINE_ERRORS as error:
        log.warning("the search engine does not answer: %s", error)
        if not isinstance(error, BadRequestError):  # that is about this question alone
            _unavailable_until[remote.url] = time.monotonic() + BACKOFF_SECONDS
        return None


def _hidden(generation: int) -> frozenset[ItemKey]:
    """Items that the engine may still show to somebody who may not see them any more."""
    concealed = IndexedItem.objects.filter(generation=generation, rule=CONCEALED)
    untold = Delivery.objects.filter(generation=generation, urgent=True)
    pairs = concealed.values_list("source", "object_id").union(
        untold.order_by().values_list("source", "object_id")
    )
    return frozenset(ItemKey(*pair) for pair in pairs[: MAX_HIDDEN + 1])
