"""Count search terms, never who searched."""

import logging
import re
from datetime import timedelta

from django.db import DatabaseError, connection
from django.utils import timezone

from search.models import LONGEST_TERM, SearchTerm
from search.query import Query

log = logging.getLogger(__name__)

#: Older rows are deleted.
RETENTION = timedelta(days=180)

# An e-mail address, or a number long enough to be a telephone number, identifies a
# person.
_OF_ONE_PERSON = re.compile(r"@|(?:\d[ ().-]?){7}")
# The database adds, so concurrent searches are both counted.
_COUNT = """
INSERT INTO search_searchterm (day, term, times, found_nothing) VALUES (%s, %s, 1, %s)
ON CONFLICT (day, term) DO UPDATE SET
    times = search_searchterm.times + 1,
    found_nothing = search_searchterm.found_nothing + excluded.found_nothing
"""


def count_search(*, query: Query, found: bool) -> None:
    """Count the query for today in one statement, and whether it found anything.

    Long or filtered queries and those with an e-mail address or telephone number are
    not stored. A failure to count never fails the search.
    """
    term = query.title_key
    # Folding can lengthen a term.
    long = max(len(query.text), len(term)) > LONGEST_TERM
    if not term or long or _is_narrowed(query) or _OF_ONE_PERSON.search(query.text):
        return
    try:
        with connection.cursor() as cursor:
            cursor.execute(_COUNT, [timezone.localdate(), term, int(not found)])
    except DatabaseError:
        log.warning("a search term could not be counted", exc_info=True)


def _is_narrowed(query: Query) -> bool:
    """Return whether filters, not only the words, determined the results."""
    return bool(query.filters or query.before or query.after)


def forget_terms() -> int:
    """Delete terms older than `RETENTION`; return the number of rows."""
    first = timezone.localdate() - RETENTION
    return SearchTerm.objects.filter(day__lt=first).delete()[0]
