"""Choice of the engine that answers: the external one, or the embedded one in its place."""

import logging
import time
from dataclasses import replace

from elasticsearch import BadRequestError, NotFoundError

from search.models import CONCEALED, Delivery, IndexedItem, IndexState
from search.query import Query

from .base import Answer, Engine, ItemKey
from .remote import ENGINE_ERRORS, RemoteEngine

log = logging.getLogger(__name__)

#: With more hidden items than this, the embedded engine answers faster.
MAX_HIDDEN = 1_000
#: Seconds during which this process does not retry an engine that failed.
BACKOFF_SECONDS = 10.0

#: By URL: when to retry an engine, in seconds of the monotonic clock.
_unavailable_until: dict[str, float] = {}


def search(
    query: Query,
    rules: frozenset[str],
    *,
    embedded: Engine,
    remote: RemoteEngine | None,
) -> Answer:
    """Return the answer of the external engine, or of the embedded one if it cannot answer.

    Items whose new access rule the engine may not know yet are excluded.
    """
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
    except NotFoundError:  # the index is not complete yet
        return None
    except BadRequestError:
        # Only this query is at fault; the message of the error may quote it.
        log.warning("the search engine refuses a query")
        return None
    except ENGINE_ERRORS as error:
        log.warning("the search engine is unavailable: %s", error)
        _unavailable_until[remote.url] = time.monotonic() + BACKOFF_SECONDS
        return None


def _hidden(generation: int) -> frozenset[ItemKey]:
    """Return items that the engine may still show to users who must no longer see them."""
    concealed = IndexedItem.objects.filter(generation=generation, rule=CONCEALED)
    untold = Delivery.objects.filter(generation=generation, urgent=True)
    pairs = concealed.values_list("source", "object_id").union(
        untold.order_by().values_list("source", "object_id")
    )
    return frozenset(ItemKey(*pair) for pair in pairs[: MAX_HIDDEN + 1])
