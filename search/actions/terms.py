"""Count search terms, never who searched."""

import datetime as dt
import logging
import re

from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from search.models import LONGEST_TERM, CountedSearch, SearchTerm
from search.query import Query

log = logging.getLogger(__name__)

#: Older rows are deleted.
RETENTION = dt.timedelta(days=180)

# An e-mail address, or a number long enough to be a telephone number, identifies a
# person.
_OF_ONE_PERSON = re.compile(r"@|(?:\d[ ().-]?){7}")
# The database decides whether a person was counted for the term today.
_SEEN = """
INSERT INTO search_countedsearch (day, token) VALUES (%s, %s)
ON CONFLICT (token) DO NOTHING
"""
# The database adds, so concurrent searches are both counted.
_COUNT = """
INSERT INTO search_searchterm (day, term, people, found_nothing) VALUES (%s, %s, 1, %s)
ON CONFLICT (day, term) DO UPDATE SET
    people = search_searchterm.people + 1,
    found_nothing = search_searchterm.found_nothing + excluded.found_nothing
"""


def count_search(*, query: Query, found: bool, person: str) -> None:
    """Count the query for today, and whether it found anything, once for each person.

    `person` tells people apart for a day; only a keyed hash of it is stored. Long or
    filtered queries and those with an e-mail address or telephone number are not stored.
    A failure to count never fails the search.
    """
    term = query.title_key
    # Folding can lengthen a term.
    long = max(len(query.text), len(term)) > LONGEST_TERM
    if not term or long or _is_narrowed(query) or _OF_ONE_PERSON.search(query.text):
        return
    try:
        _count(timezone.localdate(), term, person, found=found)
    except DatabaseError as error:
        # The message of the error may quote the term.
        log.warning("a search term could not be counted: %s", type(error).__name__)


@transaction.atomic
def _count(day: dt.date, term: str, person: str, *, found: bool) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_SEEN, [day, _token(day, term, person)])
        if cursor.rowcount:
            cursor.execute(_COUNT, [day, term, int(not found)])


def _token(day: dt.date, term: str, person: str) -> str:
    """Return a hash that can be compared on that day only, for that term only."""
    facts = "\n".join([day.isoformat(), person, term])
    return salted_hmac("search.terms", facts, algorithm="sha256").hexdigest()


def _is_narrowed(query: Query) -> bool:
    """Return whether filters, not only the words, determined the results."""
    return bool(query.filters or query.before or query.after)


def forget_terms() -> int:
    """Delete terms older than `RETENTION` and hashes of days that are over.

    Returns the number of terms.
    """
    today = timezone.localdate()
    CountedSearch.objects.filter(day__lt=today).delete()
    first = today - RETENTION
    return SearchTerm.objects.filter(day__lt=first).delete()[0]
